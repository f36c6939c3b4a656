-- zone: UTC, America/New_York
SELECT from_unixtime(0), from_unixtime(1704190272), from_unixtime(0, 'yyyy-MM-dd'), from_unixtime(-1), from_unixtime(1720000000, 'HH:mm z'), from_unixtime(0, 'EEE, d MMM yyyy');
SELECT from_unixtime(NULL), from_unixtime(0, NULL), from_unixtime('10'), from_unixtime(1.9D);
SELECT from_unixtime(a), from_unixtime(a, b) FROM VALUES (0L, 'yyyy'), (NULL, 'yyyy'), (86400L, NULL) AS t(a, b);
SELECT from_unixtime('x');
SELECT from_unixtime(0, 'foo');
SELECT from_unixtime(date'2024-01-01');
SELECT from_unixtime();
