-- zone: UTC, America/New_York
SELECT window_time(window) FROM (SELECT window(a, '5 minutes') AS window FROM VALUES (timestamp'2024-01-01 00:07:30Z') AS t(a));
SELECT window, count(*) FROM VALUES (timestamp'2024-01-01 00:07:30'), (timestamp'2024-01-01 00:08:30') AS t(a) GROUP BY window(a, '5 minutes');
SELECT window_time(window) FROM VALUES (timestamp'2024-01-01 00:07:30'), (timestamp'2024-01-01 00:08:30') AS t(a) GROUP BY window(a, '5 minutes');
SELECT window_time(1);
