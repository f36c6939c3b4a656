SELECT dayofyear(date'2024-02-29'), dayofyear(timestamp'2024-12-31 23:59:59.999999'), dayofyear(timestamp_ntz'2024-07-04 05:06:07'), dayofyear('2024-03-05'), dayofyear('2024-03-05 10:11:12');
-- zone: UTC, America/New_York
SELECT dayofyear(timestamp'2024-01-01 03:04:05Z'), dayofyear(timestamp'2024-07-01 03:59:59.5Z');
SELECT dayofyear(NULL), dayofyear(CAST(NULL AS DATE));
SELECT dayofyear(a), dayofyear(b) FROM VALUES (date'2024-01-01', timestamp'2024-01-01 01:02:03'), (date'1969-12-31', timestamp'1969-12-31 23:59:59'), (date'2020-12-31', timestamp'2021-01-03 12:30:45'), (NULL, NULL) AS t(a, b);
SELECT dayofyear('x');
SELECT dayofyear('');
SELECT dayofyear(1);
SELECT dayofyear(1.5D);
SELECT dayofyear(true);
SELECT dayofyear();
SELECT dayofyear(date'2024-01-01', 1, 2);
