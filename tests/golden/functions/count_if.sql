SELECT count_if(a > 1), count_if(a IS NULL), count_if(true), count_if(NULL) FROM VALUES (1), (2), (3), (NULL) AS t(a);
SELECT ticker, count_if(close_price > 100) FROM VALUES ('AAPL', date'2024-01-02', 100.0D, 10L), ('AAPL', date'2024-01-03', 102.5D, 30L), ('AAPL', date'2024-01-04', 101.0D, 20L), ('IBM', date'2024-01-02', 50.0D, 5L), ('IBM', date'2024-01-03', NULL, NULL) AS t(ticker, date, close_price, volume) GROUP BY ticker;
SELECT count_if(i > 0) FROM VALUES (1, 1.5D, 2.50, 'a') AS t(i, d, c, s) WHERE i > 5;
SELECT count_if(DISTINCT a > 1) FROM VALUES (1), (2), (3) AS t(a);
SELECT count_if(a > 1) FILTER (WHERE a < 3) FROM VALUES (1), (2), (3) AS t(a);
SELECT count_if(1);
SELECT count_if('true');
SELECT count_if();
