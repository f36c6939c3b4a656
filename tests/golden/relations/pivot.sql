-- setup
CREATE OR REPLACE TEMP VIEW prices AS SELECT * FROM VALUES ('AAPL', date'2024-01-02', 185.5D, 100L), ('AAPL', date'2024-01-03', 184.25D, 200L), ('AAPL', date'2024-01-04', NULL, 150L), ('IBM', date'2024-01-02', 160.0D, 50L), ('IBM', date'2024-01-03', 161.5D, NULL), ('MSFT', date'2024-01-03', 370.0D, 80L), (NULL, NULL, 1.0D, 1L) AS t(ticker, date, close_price, volume);
SELECT * FROM (SELECT ticker, date, volume FROM prices) PIVOT (sum(volume) FOR ticker IN ('AAPL', 'IBM'));
SELECT * FROM (SELECT ticker, date, volume FROM prices) PIVOT (sum(volume) AS s, count(*) AS c FOR ticker IN ('AAPL' AS apple, 'IBM' AS ibm));
SELECT * FROM (SELECT ticker, date, volume, close_price FROM prices) PIVOT (max(close_price) FOR (ticker, date) IN (('AAPL', date'2024-01-02') AS a, ('IBM', date'2024-01-03') AS i));
SELECT * FROM (SELECT ticker, volume FROM prices) PIVOT (avg(volume) FOR ticker IN ('AAPL', 'ZZZ'));
SELECT * FROM (SELECT ticker, volume FROM prices) PIVOT (volume FOR ticker IN ('AAPL'));
SELECT * FROM (SELECT ticker, volume FROM prices) PIVOT (sum(volume) FOR nope IN ('AAPL'));
SELECT * FROM (SELECT ticker, volume FROM prices) PIVOT (sum(volume) FOR ticker IN (1));
SELECT * FROM VALUES ('x', 1, 2), ('y', NULL, 4) AS t(k, a, b) UNPIVOT (v FOR n IN (a, b));
SELECT * FROM VALUES ('x', 1, 2), ('y', NULL, 4) AS t(k, a, b) UNPIVOT INCLUDE NULLS (v FOR n IN (a AS first, b AS second));
SELECT * FROM VALUES ('x', 1, 2L) AS t(k, a, b) UNPIVOT (v FOR n IN (a, b));
SELECT * FROM VALUES ('x', 1, 2, 3, 4) AS t(k, a, b, c, d) UNPIVOT ((v, w) FOR n IN ((a, b), (c, d)));
SELECT * FROM VALUES ('x', 1, 'q') AS t(k, a, b) UNPIVOT (v FOR n IN (a, b));
SELECT * FROM VALUES ('x', 1) AS t(k, a) UNPIVOT (v FOR n IN (nope));
