-- setup
CREATE OR REPLACE TEMP VIEW prices AS SELECT * FROM VALUES ('AAPL', date'2024-01-02', 185.5D, 100L), ('AAPL', date'2024-01-03', 184.25D, 200L), ('AAPL', date'2024-01-04', NULL, 150L), ('IBM', date'2024-01-02', 160.0D, 50L), ('IBM', date'2024-01-03', 161.5D, NULL), ('MSFT', date'2024-01-03', 370.0D, 80L), (NULL, NULL, 1.0D, 1L) AS t(ticker, date, close_price, volume);
SELECT ticker, date, sum(volume) FROM prices GROUP BY ROLLUP (ticker, date);
SELECT ticker, date, sum(volume) FROM prices GROUP BY CUBE (ticker, date);
SELECT ticker, date, count(*) FROM prices GROUP BY GROUPING SETS ((ticker), (date), ());
SELECT ticker, date, count(*) FROM prices GROUP BY ticker, date WITH ROLLUP;
SELECT ticker, date, count(*) FROM prices GROUP BY ticker, date WITH CUBE;
SELECT ticker, grouping(ticker), grouping_id(), count(*) FROM prices GROUP BY ROLLUP (ticker);
SELECT ticker, date, grouping_id(ticker, date) AS g, sum(volume) FROM prices GROUP BY CUBE (ticker, date) HAVING grouping_id(ticker, date) > 0;
SELECT ticker, date, count(*) FROM prices GROUP BY ticker, ROLLUP (date);
SELECT ticker, date, count(*) FROM prices GROUP BY ticker, date GROUPING SETS ((ticker, date), ticker);
SELECT year(date), count(*) FROM prices GROUP BY ROLLUP (year(date));
SELECT ticker, sum(volume) FROM prices WHERE false GROUP BY ROLLUP (ticker);
SELECT ticker, max(ticker), count(*) FROM prices GROUP BY CUBE (ticker);
SELECT grouping(ticker) FROM prices GROUP BY ticker;
SELECT grouping(volume) FROM prices GROUP BY ROLLUP (ticker);
SELECT ticker, date FROM prices GROUP BY GROUPING SETS ((ticker));
