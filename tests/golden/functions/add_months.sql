SELECT add_months(date'2024-01-31', 1), add_months(date'2023-01-31', 1), add_months(date'2024-02-29', 12), add_months(date'2024-02-29', 1), add_months(date'2024-03-31', -1), add_months(date'2024-01-15', -13), add_months('2024-01-31', 0), add_months(timestamp'2024-01-31 10:00:00', 1);
SELECT add_months(NULL, 1), add_months(date'2024-01-01', NULL);
SELECT add_months(a, b) FROM VALUES (date'2024-01-31', 1), (NULL, 1), (date'2024-01-01', NULL) AS t(a, b);
SELECT add_months(date'2024-01-01', 1.9D);
SELECT add_months(date'2024-01-01', 1L);
SELECT add_months(date'2024-01-01', '2');
SELECT add_months('x', 1);
SELECT add_months(1, 1);
SELECT add_months(date'2024-01-01');
