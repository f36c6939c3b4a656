SELECT dayofweek(date'2024-02-29'), dayofweek(timestamp'2024-12-31 23:59:59.999999'), dayofweek(timestamp_ntz'2024-07-04 05:06:07'), dayofweek('2024-03-05'), dayofweek('2024-03-05 10:11:12');
-- zone: UTC, America/New_York
SELECT dayofweek(timestamp'2024-01-01 03:04:05Z'), dayofweek(timestamp'2024-07-01 03:59:59.5Z');
SELECT dayofweek(NULL), dayofweek(CAST(NULL AS DATE));
SELECT dayofweek(a), dayofweek(b) FROM VALUES (date'2024-01-01', timestamp'2024-01-01 01:02:03'), (date'1969-12-31', timestamp'1969-12-31 23:59:59'), (date'2020-12-31', timestamp'2021-01-03 12:30:45'), (NULL, NULL) AS t(a, b);
SELECT dayofweek('x');
SELECT dayofweek('');
SELECT dayofweek(1);
SELECT dayofweek(1.5D);
SELECT dayofweek(true);
SELECT dayofweek();
SELECT dayofweek(date'2024-01-01', 1, 2);
SELECT dayofweek(date'2024-03-03');
