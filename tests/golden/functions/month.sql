SELECT month(date'2024-02-29'), month(timestamp'2024-12-31 23:59:59.999999'), month(timestamp_ntz'2024-07-04 05:06:07'), month('2024-03-05'), month('2024-03-05 10:11:12');
-- zone: UTC, America/New_York
SELECT month(timestamp'2024-01-01 03:04:05Z'), month(timestamp'2024-07-01 03:59:59.5Z');
SELECT month(NULL), month(CAST(NULL AS DATE));
SELECT month(a), month(b) FROM VALUES (date'2024-01-01', timestamp'2024-01-01 01:02:03'), (date'1969-12-31', timestamp'1969-12-31 23:59:59'), (date'2020-12-31', timestamp'2021-01-03 12:30:45'), (NULL, NULL) AS t(a, b);
SELECT month('x');
SELECT month('');
SELECT month(1);
SELECT month(1.5D);
SELECT month(true);
SELECT month();
SELECT month(date'2024-01-01', 1, 2);
