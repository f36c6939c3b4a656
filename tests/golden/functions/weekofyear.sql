SELECT weekofyear(date'2024-02-29'), weekofyear(timestamp'2024-12-31 23:59:59.999999'), weekofyear(timestamp_ntz'2024-07-04 05:06:07'), weekofyear('2024-03-05'), weekofyear('2024-03-05 10:11:12');
-- zone: UTC, America/New_York
SELECT weekofyear(timestamp'2024-01-01 03:04:05Z'), weekofyear(timestamp'2024-07-01 03:59:59.5Z');
SELECT weekofyear(NULL), weekofyear(CAST(NULL AS DATE));
SELECT weekofyear(a), weekofyear(b) FROM VALUES (date'2024-01-01', timestamp'2024-01-01 01:02:03'), (date'1969-12-31', timestamp'1969-12-31 23:59:59'), (date'2020-12-31', timestamp'2021-01-03 12:30:45'), (NULL, NULL) AS t(a, b);
SELECT weekofyear('x');
SELECT weekofyear('');
SELECT weekofyear(1);
SELECT weekofyear(1.5D);
SELECT weekofyear(true);
SELECT weekofyear();
SELECT weekofyear(date'2024-01-01', 1, 2);
SELECT weekofyear(date'2021-01-01'), weekofyear(date'2020-12-31'), weekofyear(date'2024-12-30');
