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
