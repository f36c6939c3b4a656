-- setup
CREATE OR REPLACE TEMP VIEW prices AS SELECT * FROM VALUES ('AAPL', date'2024-01-02', 185.5D, 100L), ('AAPL', date'2024-01-03', 184.25D, 200L), ('AAPL', date'2024-01-04', NULL, 150L), ('IBM', date'2024-01-02', 160.0D, 50L), ('IBM', date'2024-01-03', 161.5D, NULL), ('MSFT', date'2024-01-03', 370.0D, 80L), (NULL, NULL, 1.0D, 1L) AS t(ticker, date, close_price, volume);
-- ordered
SELECT ticker, volume FROM prices ORDER BY ticker, volume;
-- ordered
SELECT ticker, volume FROM prices ORDER BY ticker DESC, volume DESC;
-- ordered
SELECT ticker, close_price FROM prices ORDER BY close_price NULLS LAST;
-- ordered
SELECT ticker, close_price FROM prices ORDER BY close_price DESC NULLS FIRST;
-- ordered
SELECT ticker, volume FROM prices ORDER BY 2 DESC, 1;
-- ordered
SELECT ticker, volume AS v FROM prices ORDER BY v;
-- ordered
SELECT ticker FROM prices ORDER BY volume, close_price;
-- ordered
SELECT ticker, sum(volume) FROM prices GROUP BY ticker ORDER BY sum(volume) DESC;
-- ordered
SELECT ticker, sum(volume) AS s FROM prices GROUP BY ticker ORDER BY max(close_price);
-- ordered
SELECT DISTINCT ticker FROM prices ORDER BY ticker;
-- ordered
SELECT ticker, volume FROM prices ORDER BY volume LIMIT 3;
-- ordered
SELECT ticker, volume FROM prices ORDER BY volume LIMIT 2 OFFSET 2;
-- ordered
SELECT ticker, volume FROM prices ORDER BY volume OFFSET 5;
SELECT ticker FROM prices LIMIT 0;
SELECT count(*) FROM (SELECT * FROM prices LIMIT 3);
SELECT ticker FROM prices LIMIT 100 OFFSET 100;
-- ordered
SELECT a FROM VALUES (1D), (cast('NaN' AS DOUBLE)), (NULL), (cast('-Infinity' AS DOUBLE)), (cast('Infinity' AS DOUBLE)), (-0.0D) AS t(a) ORDER BY a;
-- ordered
SELECT a FROM VALUES ('b'), ('B'), ('a'), (''), (NULL), ('é'), ('z') AS t(a) ORDER BY a;
-- ordered
SELECT a FROM VALUES (array(2)), (array(1, 5)), (array()), (NULL), (array(NULL)) AS t(a) ORDER BY a DESC;
-- ordered
SELECT * FROM VALUES (3, 'c'), (1, 'a') AS t(a, b) ORDER BY ALL;
-- ordered
SELECT ticker, volume FROM prices SORT BY volume;
-- ordered
SELECT a FROM VALUES (1), (2), (3) AS t(a) ORDER BY a % 2, a DESC;
-- ordered
SELECT a AS b, b AS a FROM VALUES (1, 9), (2, 8) AS t(a, b) ORDER BY a;
SELECT ticker FROM prices ORDER BY 5;
SELECT ticker FROM prices ORDER BY nope;
SELECT ticker FROM prices LIMIT -1;
SELECT ticker FROM prices LIMIT 'x';
SELECT ticker FROM prices LIMIT volume;
SELECT DISTINCT ticker FROM prices ORDER BY volume;
SELECT a FROM VALUES (map(1, 2)) AS t(a) ORDER BY a;
