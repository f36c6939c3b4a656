SELECT ticker, date, nth_value(close_price, 2) OVER (PARTITION BY ticker ORDER BY date) FROM VALUES ('AAPL', date'2024-01-02', 100.0D, 10L), ('AAPL', date'2024-01-03', 102.5D, 30L), ('AAPL', date'2024-01-04', NULL, 20L), ('AAPL', date'2024-01-05', 99.0D, 20L), ('IBM', date'2024-01-02', 50.0D, 5L), ('IBM', date'2024-01-03', 51.0D, NULL), ('X', NULL, NULL, NULL) AS t(ticker, date, close_price, volume);
SELECT ticker, date, nth_value(close_price, 2) IGNORE NULLS OVER (PARTITION BY ticker ORDER BY date ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS x FROM VALUES ('AAPL', date'2024-01-02', 100.0D, 10L), ('AAPL', date'2024-01-03', 102.5D, 30L), ('AAPL', date'2024-01-04', NULL, 20L), ('AAPL', date'2024-01-05', 99.0D, 20L), ('IBM', date'2024-01-02', 50.0D, 5L), ('IBM', date'2024-01-03', 51.0D, NULL), ('X', NULL, NULL, NULL) AS t(ticker, date, close_price, volume);
SELECT nth_value(v, 1) OVER (ORDER BY v ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), nth_value(v, 3) OVER (ORDER BY v ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM VALUES (1), (2), (3) AS t(v);
SELECT nth_value(v, 2, true) OVER (ORDER BY k ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM VALUES (1, 'a'), (NULL, 'b'), (3, 'c') AS t(v, k);
SELECT nth_value(v, 0) OVER (ORDER BY v) FROM VALUES (1) AS t(v);
SELECT nth_value(v, 'x') OVER (ORDER BY v) FROM VALUES (1) AS t(v);
SELECT nth_value(v, v) OVER (ORDER BY v) FROM VALUES (1) AS t(v);
SELECT nth_value(v) OVER (ORDER BY v) FROM VALUES (1) AS t(v);
SELECT nth_value(v, 1) FROM VALUES (1) AS t(v);
