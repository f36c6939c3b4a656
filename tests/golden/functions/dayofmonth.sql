SELECT dayofmonth(date'2024-02-29'), dayofmonth(timestamp'2024-12-31 23:59:59.999999'), dayofmonth(timestamp_ntz'2024-07-04 05:06:07'), dayofmonth('2024-03-05'), dayofmonth('2024-03-05 10:11:12');
-- zone: UTC, America/New_York
SELECT dayofmonth(timestamp'2024-01-01 03:04:05Z'), dayofmonth(timestamp'2024-07-01 03:59:59.5Z');
SELECT dayofmonth(NULL), dayofmonth(CAST(NULL AS DATE));
SELECT dayofmonth(a), dayofmonth(b) FROM VALUES (date'2024-01-01', timestamp'2024-01-01 01:02:03'), (date'1969-12-31', timestamp'1969-12-31 23:59:59'), (date'2020-12-31', timestamp'2021-01-03 12:30:45'), (NULL, NULL) AS t(a, b);
SELECT dayofmonth('x');
SELECT dayofmonth('');
SELECT dayofmonth(1);
SELECT dayofmonth(1.5D);
SELECT dayofmonth(true);
SELECT dayofmonth();
SELECT dayofmonth(date'2024-01-01', 1, 2);
SELECT day(date'2024-02-29'), day(timestamp'2024-02-29 10:00:00');
