-- setup
CREATE OR REPLACE TEMP VIEW prices AS SELECT * FROM VALUES ('AAPL', date'2024-01-02', 185.5D, 100L), ('IBM', date'2024-01-03', 161.5D, NULL) AS t(ticker, date, close_price, volume);
SELECT ticker FROM prices a JOIN prices b ON a.date = b.date;
SELECT a FROM (SELECT 1 AS a, 2 AS a);
SELECT a.a FROM (SELECT 1 AS a, 2 AS a) a;
SELECT * FROM prices a, prices b WHERE volume > 1;
SELECT x.s FROM (SELECT struct(1 AS s, 2 AS S) AS x);
SELECT a FROM (SELECT 1 AS a, 2 AS A);
SELECT a FROM VALUES (1) AS t(a) JOIN VALUES (2) AS u(a);
SELECT t.a FROM VALUES (1) AS t(a) JOIN VALUES (2) AS t(a);
SELECT count(*) FROM (SELECT 1 AS a, 2 AS a) GROUP BY a;
