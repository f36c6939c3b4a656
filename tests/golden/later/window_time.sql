SELECT window_time(window) FROM (SELECT window(a, '5 minutes') AS window FROM VALUES (timestamp'2024-01-01 00:07:30') AS t(a));
