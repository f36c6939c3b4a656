SELECT datepart('year', date'2024-05-06'), datepart('Y', date'2024-05-06'), datepart('quarter', date'2024-05-06'), datepart('MONTH', date'2024-05-06'), datepart('week', date'2024-12-30'), datepart('day', date'2024-05-06');
SELECT datepart('dow', date'2024-05-05'), datepart('dayofweek_iso', date'2024-05-05'), datepart('doy', date'2024-12-31'), datepart('yearofweek', date'2024-12-30');
SELECT datepart('hour', timestamp'2024-05-06 07:08:09.123456'), datepart('minute', timestamp'2024-05-06 07:08:09.123456'), datepart('seconds', timestamp'2024-05-06 07:08:09.123456');
-- zone: UTC, America/New_York
SELECT datepart('day', timestamp'2024-05-06 23:30:00Z'), datepart('hour', timestamp'2024-05-06 23:30:00Z');
SELECT datepart('hour', timestamp_ntz'2024-05-06 07:08:09.5'), datepart('s', timestamp_ntz'2024-05-06 07:08:09.5');
SELECT datepart('day', interval '5 03:04:05.678' day to second), datepart('minute', interval '5 03:04:05.678' day to second), datepart('second', interval '5 03:04:05.678' day to second);
SELECT datepart('year', interval '2-7' year to month), datepart('month', interval '2-7' year to month);
SELECT datepart('year', a) FROM VALUES (date'2024-01-01'), (NULL) AS t(a);
SELECT datepart('year', '2024-05-06');
SELECT datepart(NULL, date'2024-05-06'), datepart('year', NULL);
SELECT datepart('century', date'2024-05-06');
SELECT datepart(a, date'2024-05-06') FROM VALUES ('year') AS t(a);
SELECT datepart('year', 'x');
SELECT datepart('year', 1);
SELECT datepart('year');
