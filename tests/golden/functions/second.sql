SELECT second(date'2024-02-29'), second(timestamp'2024-12-31 23:59:59.999999'), second(timestamp_ntz'2024-07-04 05:06:07'), second('2024-03-05'), second('2024-03-05 10:11:12');
-- zone: UTC, America/New_York
SELECT second(timestamp'2024-01-01 03:04:05Z'), second(timestamp'2024-07-01 03:59:59.5Z');
SELECT second(NULL), second(CAST(NULL AS DATE));
SELECT second(a), second(b) FROM VALUES (date'2024-01-01', timestamp'2024-01-01 01:02:03'), (date'1969-12-31', timestamp'1969-12-31 23:59:59'), (date'2020-12-31', timestamp'2021-01-03 12:30:45'), (NULL, NULL) AS t(a, b);
SELECT second('x');
SELECT second('');
SELECT second(1);
SELECT second(1.5D);
SELECT second(true);
SELECT second();
SELECT second(date'2024-01-01', 1, 2);
SELECT extract(SECOND FROM timestamp'2024-01-01 01:02:03.456'), second(timestamp'2024-01-01 01:02:03.456');
