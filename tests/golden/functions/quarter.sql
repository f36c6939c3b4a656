SELECT quarter(date'2024-02-29'), quarter(timestamp'2024-12-31 23:59:59.999999'), quarter(timestamp_ntz'2024-07-04 05:06:07'), quarter('2024-03-05'), quarter('2024-03-05 10:11:12');
-- zone: UTC, America/New_York
SELECT quarter(timestamp'2024-01-01 03:04:05Z'), quarter(timestamp'2024-07-01 03:59:59.5Z');
SELECT quarter(NULL), quarter(CAST(NULL AS DATE));
SELECT quarter(a), quarter(b) FROM VALUES (date'2024-01-01', timestamp'2024-01-01 01:02:03'), (date'1969-12-31', timestamp'1969-12-31 23:59:59'), (date'2020-12-31', timestamp'2021-01-03 12:30:45'), (NULL, NULL) AS t(a, b);
SELECT quarter('x');
SELECT quarter('');
SELECT quarter(1);
SELECT quarter(1.5D);
SELECT quarter(true);
SELECT quarter();
SELECT quarter(date'2024-01-01', 1, 2);
