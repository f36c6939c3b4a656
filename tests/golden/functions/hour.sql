SELECT hour(date'2024-02-29'), hour(timestamp'2024-12-31 23:59:59.999999'), hour(timestamp_ntz'2024-07-04 05:06:07'), hour('2024-03-05'), hour('2024-03-05 10:11:12');
-- zone: UTC, America/New_York
SELECT hour(timestamp'2024-01-01 03:04:05Z'), hour(timestamp'2024-07-01 03:59:59.5Z');
SELECT hour(NULL), hour(CAST(NULL AS DATE));
SELECT hour(a), hour(b) FROM VALUES (date'2024-01-01', timestamp'2024-01-01 01:02:03'), (date'1969-12-31', timestamp'1969-12-31 23:59:59'), (date'2020-12-31', timestamp'2021-01-03 12:30:45'), (NULL, NULL) AS t(a, b);
SELECT hour('x');
SELECT hour('');
SELECT hour(1);
SELECT hour(1.5D);
SELECT hour(true);
SELECT hour();
SELECT hour(date'2024-01-01', 1, 2);
