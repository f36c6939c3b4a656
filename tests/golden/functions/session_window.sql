-- zone: UTC, America/New_York
SELECT session_window.start, session_window.end, count(*) FROM VALUES (timestamp'2024-01-01 00:01:00Z'), (timestamp'2024-01-01 00:04:59Z'), (timestamp'2024-01-01 00:15:00Z'), (NULL) AS t(a) GROUP BY session_window(a, '5 minutes');
SELECT k, session_window.start, session_window.end, sum(v) FROM VALUES ('x', timestamp'2024-01-01 00:01:00', 1), ('x', timestamp'2024-01-01 00:05:00', 2), ('y', timestamp'2024-01-01 00:03:00', 4) AS t(k, a, v) GROUP BY k, session_window(a, '5 minutes');
SELECT session_window, count(*) FROM VALUES (timestamp'2024-01-01 00:01:00', 'a'), (timestamp'2024-01-01 00:10:00', 'b') AS t(a, k) GROUP BY session_window(a, CASE WHEN k = 'a' THEN '5 seconds' ELSE '1 minute' END);
SELECT session_window(a, '5 minutes') FROM VALUES (timestamp'2024-01-01 00:01:00') AS t(a);
SELECT count(*) FROM VALUES (timestamp'2024-01-01 00:01:00') AS t(a) GROUP BY session_window(a, '-5 minutes');
SELECT count(*) FROM VALUES (1) AS t(a) GROUP BY session_window(a, '5 minutes');
SELECT k, session_window(a, '5 minutes') AS w, count(*), sum(v) FROM VALUES ('x', timestamp'2024-01-01 00:01:00', 1), ('x', timestamp'2024-01-01 00:06:00', 2), ('x', timestamp'2024-01-01 00:11:00.000001', 3), ('x', timestamp'2024-01-01 00:01:00', 5), ('y', timestamp'2024-01-01 00:03:00', 4), (NULL, timestamp'2024-01-01 00:03:00', 4), (NULL, timestamp'2024-01-01 00:04:00', 6) AS t(k, a, v) GROUP BY k, session_window(a, '5 minutes');
SELECT session_window.start, session_window.end, max(v) FROM VALUES (timestamp_ntz'2024-01-01 00:01:00', 1), (timestamp_ntz'2024-01-01 00:01:30', 2), (timestamp_ntz'2024-01-01 00:09:00', 2) AS t(a, v) GROUP BY session_window(a, '1 minute');
