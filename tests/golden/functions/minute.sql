SELECT minute(date'2024-02-29'), minute(timestamp'2024-12-31 23:59:59.999999'), minute(timestamp_ntz'2024-07-04 05:06:07'), minute('2024-03-05'), minute('2024-03-05 10:11:12');
-- zone: UTC, America/New_York
SELECT minute(timestamp'2024-01-01 03:04:05Z'), minute(timestamp'2024-07-01 03:59:59.5Z');
SELECT minute(NULL), minute(CAST(NULL AS DATE));
SELECT minute(a), minute(b) FROM VALUES (date'2024-01-01', timestamp'2024-01-01 01:02:03'), (date'1969-12-31', timestamp'1969-12-31 23:59:59'), (date'2020-12-31', timestamp'2021-01-03 12:30:45'), (NULL, NULL) AS t(a, b);
SELECT minute('x');
SELECT minute('');
SELECT minute(1);
SELECT minute(1.5D);
SELECT minute(true);
SELECT minute();
SELECT minute(date'2024-01-01', 1, 2);
