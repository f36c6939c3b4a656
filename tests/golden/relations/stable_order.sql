-- setup
CREATE OR REPLACE TEMP VIEW bars AS SELECT * FROM VALUES (3, 'AAPL', 10.0D), (1, 'IBM', 7.5D), (2, 'AAPL', 11.0D), (1, 'MSFT', 3.0D), (3, 'IBM', 7.0D), (2, 'MSFT', 3.5D), (1, 'AAPL', 9.0D), (3, 'MSFT', 2.5D), (2, 'IBM', 8.0D), (1, 'TSLA', 20.0D), (4, 'TSLA', 21.0D), (4, 'IBM', -0.0D) AS t(day, ticker, close);
-- ordered
SELECT * FROM bars ORDER BY day;
-- ordered
SELECT * FROM bars ORDER BY day DESC;
-- ordered
SELECT * FROM bars ORDER BY ticker LIMIT 8;
-- ordered
SELECT day, ticker FROM bars WHERE close > 3 ORDER BY day NULLS LAST;
-- ordered
SELECT id % 3 AS k, id FROM range(60) ORDER BY k;
-- ordered
SELECT id % 7 AS k, id FROM range(20) ORDER BY k DESC LIMIT 12;
-- ordered
SELECT length(ticker) AS n, ticker, day FROM bars ORDER BY length(ticker), day % 2;
SELECT day, ticker, row_number() OVER (ORDER BY day) AS n FROM bars;
SELECT day, ticker, row_number() OVER (PARTITION BY ticker ORDER BY 1) AS n FROM bars;
SELECT day, ticker, lag(ticker) OVER (ORDER BY day) AS before, lead(ticker, 2) OVER (ORDER BY day DESC) AS after FROM bars;
SELECT day, ticker, ntile(4) OVER (ORDER BY day) AS n FROM bars;
SELECT day, ticker, first_value(ticker) OVER (PARTITION BY day ORDER BY day) AS f, last_value(ticker) OVER (PARTITION BY day ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS l FROM bars;
SELECT day, ticker, first(ticker) OVER (ORDER BY day) AS f, first(close, true) OVER (PARTITION BY day) AS c FROM bars;
SELECT day, ticker, sum(close) OVER (ORDER BY day ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM bars;
SELECT day, ticker, avg(close) OVER (PARTITION BY day ORDER BY length(ticker) ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS a FROM bars;
SELECT day, ticker, collect_list(ticker) OVER (ORDER BY day ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS a FROM bars;
SELECT day, ticker, nth_value(ticker, 2) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS a FROM bars;
SELECT day, rank() OVER (ORDER BY day), dense_rank() OVER (ORDER BY day), percent_rank() OVER (ORDER BY day), cume_dist() OVER (ORDER BY day) FROM bars;
SELECT day, ticker FROM (SELECT *, row_number() OVER (PARTITION BY day ORDER BY length(ticker) DESC) AS n FROM bars) WHERE n = 1;
SELECT day, max_by(ticker, length(ticker)), min_by(ticker, length(ticker)), max_by(close, day) FROM bars GROUP BY day;
SELECT max_by(ticker, close) OVER (PARTITION BY day), max_by(ticker, length(ticker)) OVER (PARTITION BY day) FROM bars;
SELECT collect_list(ticker), first(ticker), last(ticker), any_value(close) FROM bars;
SELECT day, collect_list(ticker), first(ticker), last(close) FROM bars GROUP BY day;
SELECT close, count(*) FROM VALUES (0.0D), (-0.0D), (1D), (cast('NaN' AS DOUBLE)), (cast('NaN' AS DOUBLE)) AS t(close) GROUP BY close;
SELECT DISTINCT close FROM VALUES (-0.0D), (0.0D), (NULL), (1D), (-0.0D) AS t(close);
SELECT close * -1 AS c, count(*), max(close) FROM VALUES (0.0D), (-0.0D), (1D) AS t(close) GROUP BY close * -1;
-- ordered
SELECT * FROM VALUES (-0.0D, 2), (0.0D, 1), (-1.5D, 3), (cast('NaN' AS DOUBLE), 0) AS t(a, b) ORDER BY a;
-- ordered
SELECT * FROM VALUES (cast(-0.0 AS FLOAT), 2), (cast('-0.0' AS FLOAT), 1) AS t(a, b) ORDER BY a, b;
SELECT close FROM VALUES (-0.0D), (1D), (cast('NaN' AS DOUBLE)) AS t(close) UNION SELECT v FROM VALUES (0), (2) AS u(v);
SELECT close FROM VALUES (-0.0D), (1D), (cast('NaN' AS DOUBLE)) AS t(close) INTERSECT SELECT close * 1 FROM VALUES (-0.0D), (cast('NaN' AS DOUBLE)) AS t(close);
SELECT close, k FROM VALUES (-0.0D, 1), (1D, 2) AS t(close, k) EXCEPT SELECT 1.0D, 2;
