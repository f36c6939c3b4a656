-- zone: UTC, America/New_York
SELECT window(a, '5 minutes') FROM VALUES (timestamp'2024-01-01 00:07:30Z'), (NULL) AS t(a);
SELECT window.start, window.end, sum(v), count(*) FROM VALUES (timestamp'2024-01-01 00:01:00', 1), (timestamp'2024-01-01 00:04:59', 2), (timestamp'2024-01-01 00:05:00', 3), (NULL, 4) AS t(a, v) GROUP BY window(a, '5 minutes');
SELECT window.start, window.end, count(*) FROM VALUES (timestamp'2024-01-01 00:07:00'), (timestamp'2024-01-01 00:12:00') AS t(a) GROUP BY window(a, '10 minutes', '5 minutes');
SELECT window, max(v) FROM VALUES (timestamp'2024-01-01 09:31:00', 1.5D), (timestamp'2024-01-01 09:59:00', 2.5D), (timestamp'2024-01-01 10:00:00', 0.5D) AS t(a, v) GROUP BY window(a, '30 minutes', '30 minutes', '15 minutes');
SELECT ticker, window.start, avg(close_price) FROM VALUES ('AAPL', timestamp'2024-01-01 09:31:00', 1.5D), ('AAPL', timestamp'2024-01-01 10:59:00', 2.5D), ('IBM', timestamp'2024-01-01 09:30:00', 0.5D) AS t(ticker, ts, close_price) GROUP BY ticker, window(ts, '1 hour');
-- zone: UTC, America/New_York
SELECT window.start, window.end FROM VALUES (timestamp'2024-01-05 20:00:00Z') AS t(a) GROUP BY window(a, '1 day');
SELECT window(a, '1 week') FROM VALUES (timestamp'2024-01-05 20:00:00') AS t(a);
SELECT window(a, '1 minute') FROM VALUES (timestamp_ntz'2024-01-05 20:00:30'), (timestamp_ntz'1969-12-31 23:59:30') AS t(a);
SELECT window(a, interval '5' minute) FROM VALUES (timestamp'2024-01-01 00:07:30') AS t(a);
SELECT window(a, '1 month') FROM VALUES (timestamp'2024-01-01 00:07:30') AS t(a);
SELECT window(a, '0 minutes') FROM VALUES (timestamp'2024-01-01 00:07:30') AS t(a);
SELECT window(a, '5 minutes', '10 minutes') FROM VALUES (timestamp'2024-01-01 00:07:30') AS t(a);
SELECT window(a, 'foo') FROM VALUES (timestamp'2024-01-01 00:07:30') AS t(a);
SELECT window(a) FROM VALUES (timestamp'2024-01-01 00:07:30') AS t(a);
SELECT window(1, '5 minutes');
SELECT window.start, window.end, sum(v), count(*) FROM VALUES (timestamp'2024-01-01 09:31:00', 1.5D), (timestamp'2024-01-01 09:59:00', 2.5D), (timestamp'2024-01-01 10:00:00', 0.5D), (timestamp'2024-01-01 10:07:30', 4D) AS t(a, v) GROUP BY window(a, '30 minutes', '10 minutes');
SELECT k, window.end, max(v) FROM VALUES ('a', timestamp'2024-01-01 09:31:00', 1.5D), ('b', timestamp'2024-01-01 09:59:00', 2.5D), ('a', NULL, 9D) AS t(k, a, v) GROUP BY k, window(a, '7 minutes', '3 minutes', '1 minute');
SELECT window(a, '1 hour', '30 minutes'), a FROM VALUES (timestamp_ntz'2024-01-01 09:31:00'), (timestamp_ntz'1969-12-31 23:45:00') AS t(a);
