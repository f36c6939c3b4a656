-- setup
CREATE OR REPLACE TEMP VIEW prices AS SELECT * FROM VALUES ('AAPL', date'2024-01-02', 185.5D, 100L), ('AAPL', date'2024-01-03', 184.25D, 200L), ('AAPL', date'2024-01-04', NULL, 150L), ('IBM', date'2024-01-02', 160.0D, 50L), ('IBM', date'2024-01-03', 161.5D, NULL), ('MSFT', date'2024-01-03', 370.0D, 80L), (NULL, NULL, 1.0D, 1L) AS t(ticker, date, close_price, volume);
WITH a AS (SELECT 1 AS x) SELECT * FROM a;
WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT * FROM a, b;
WITH a(p, q) AS (SELECT 1, 2) SELECT p + q FROM a;
WITH t AS (SELECT ticker, sum(volume) AS v FROM prices GROUP BY ticker) SELECT a.ticker FROM t a JOIN t b ON a.v = b.v AND a.ticker = b.ticker;
WITH prices AS (SELECT 1 AS z) SELECT * FROM prices;
WITH a AS (SELECT 1 AS x) SELECT * FROM (WITH a AS (SELECT 2 AS x) SELECT * FROM a);
WITH a AS (SELECT 1 AS x) SELECT (SELECT max(x) FROM a), x FROM a;
WITH a AS (SELECT 1 AS x), a AS (SELECT 2 AS x) SELECT * FROM a;
WITH a(p) AS (SELECT 1, 2) SELECT * FROM a;
WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a;
WITH a AS (SELECT ticker, row_number() OVER (PARTITION BY ticker ORDER BY date) AS n FROM prices) SELECT ticker FROM a WHERE n = 1;
SELECT * FROM (SELECT ticker FROM prices WHERE volume > 100) AS big;
SELECT * FROM (SELECT ticker, volume FROM prices WHERE volume > 100) AS big(t, v);
SELECT big.t FROM (SELECT ticker FROM prices) AS big;
