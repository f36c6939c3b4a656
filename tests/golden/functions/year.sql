SELECT year(date'2024-02-29'), year(timestamp'2024-12-31 23:59:59.999999'), year(timestamp_ntz'2024-07-04 05:06:07'), year('2024-03-05'), year('2024-03-05 10:11:12');
-- zone: UTC, America/New_York
SELECT year(timestamp'2024-01-01 03:04:05Z'), year(timestamp'2024-07-01 03:59:59.5Z');
SELECT year(NULL), year(CAST(NULL AS DATE));
SELECT year(a), year(b) FROM VALUES (date'2024-01-01', timestamp'2024-01-01 01:02:03'), (date'1969-12-31', timestamp'1969-12-31 23:59:59'), (date'2020-12-31', timestamp'2021-01-03 12:30:45'), (NULL, NULL) AS t(a, b);
SELECT year('x');
SELECT year('');
SELECT year(1);
SELECT year(1.5D);
SELECT year(true);
SELECT year();
SELECT year(date'2024-01-01', 1, 2);
SELECT year(date'0001-01-01'), year(date'9999-12-31');
SELECT year(interval '1' year);
