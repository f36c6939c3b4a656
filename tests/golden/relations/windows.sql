-- setup
CREATE OR REPLACE TEMP VIEW prices AS SELECT * FROM VALUES ('AAPL', date'2024-01-02', 185.5D, 100L), ('AAPL', date'2024-01-03', 184.25D, 200L), ('AAPL', date'2024-01-04', NULL, 150L), ('IBM', date'2024-01-02', 160.0D, 50L), ('IBM', date'2024-01-03', 161.5D, NULL), ('MSFT', date'2024-01-03', 370.0D, 80L), (NULL, NULL, 1.0D, 1L) AS t(ticker, date, close_price, volume);
SELECT ticker, date, close_price, lag(close_price) OVER (PARTITION BY ticker ORDER BY date) AS prev FROM prices;
SELECT ticker, date, round(close_price / lag(close_price) OVER (PARTITION BY ticker ORDER BY date) - 1, 6) AS ret FROM prices;
SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY ticker ORDER BY date DESC) AS rn FROM prices) WHERE rn = 1;
SELECT ticker, sum(volume) OVER (PARTITION BY ticker ORDER BY date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS cum FROM prices;
SELECT ticker, date, avg(close_price) OVER w AS ma, max(volume) OVER w FROM prices WINDOW w AS (PARTITION BY ticker ORDER BY date ROWS BETWEEN 1 PRECEDING AND CURRENT ROW);
SELECT ticker, rank() OVER (ORDER BY sum(volume) DESC) FROM prices GROUP BY ticker;
SELECT ticker, volume, volume / sum(volume) OVER (PARTITION BY date) AS share FROM prices;
SELECT count(*) OVER () FROM prices WHERE ticker = 'AAPL';
SELECT ticker, first_value(close_price) OVER (PARTITION BY TICKER ORDER BY DATE) AS f FROM prices;
-- ordered
SELECT ticker, dense_rank() OVER (ORDER BY ticker) FROM prices ORDER BY ticker, volume;
SELECT DISTINCT ticker, count(*) OVER (PARTITION BY ticker) FROM prices;
SELECT ticker FROM prices WHERE row_number() OVER (ORDER BY date) = 1;
SELECT ticker, sum(volume) OVER (PARTITION BY nope) FROM prices;
SELECT k, o, stddev(a) OVER w AS sd, corr(a, b) OVER w AS r, skewness(b) OVER w AS sk, avg(d) OVER w AS av, var_pop(a) OVER w AS vp, covar_samp(a, b) OVER w AS cs, kurtosis(a) OVER w AS ku, regr_slope(a, b) OVER w AS rs FROM (SELECT id % 3 AS k, id AS o, (id * 7 % 11) / 7D AS a, (id * 5 % 13) / 3D AS b, CAST(id * 3 % 17 AS DECIMAL(10, 2)) AS d FROM range(60)) WINDOW w AS (PARTITION BY k ORDER BY o ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING);
SELECT k, count(*), min(sd), max(sd) FROM (SELECT k, round(stddev(a) OVER (PARTITION BY k ORDER BY o RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), 9) AS sd FROM (SELECT id % 2 AS k, id * 7919 % 6007 AS o, (id * 7 % 11) / 7D AS a FROM range(6000))) GROUP BY k;
