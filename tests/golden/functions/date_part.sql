SELECT date_part('year', date'2024-05-06'), date_part('Y', date'2024-05-06'), date_part('quarter', date'2024-05-06'), date_part('MONTH', date'2024-05-06'), date_part('week', date'2024-12-30'), date_part('day', date'2024-05-06');
SELECT date_part('dow', date'2024-05-05'), date_part('dayofweek_iso', date'2024-05-05'), date_part('doy', date'2024-12-31'), date_part('yearofweek', date'2024-12-30');
SELECT date_part('hour', timestamp'2024-05-06 07:08:09.123456'), date_part('minute', timestamp'2024-05-06 07:08:09.123456'), date_part('seconds', timestamp'2024-05-06 07:08:09.123456');
-- zone: UTC, America/New_York
SELECT date_part('day', timestamp'2024-05-06 23:30:00Z'), date_part('hour', timestamp'2024-05-06 23:30:00Z');
SELECT date_part('hour', timestamp_ntz'2024-05-06 07:08:09.5'), date_part('s', timestamp_ntz'2024-05-06 07:08:09.5');
SELECT date_part('day', interval '5 03:04:05.678' day to second), date_part('minute', interval '5 03:04:05.678' day to second), date_part('second', interval '5 03:04:05.678' day to second);
SELECT date_part('year', interval '2-7' year to month), date_part('month', interval '2-7' year to month);
SELECT date_part('year', a) FROM VALUES (date'2024-01-01'), (NULL) AS t(a);
SELECT date_part('year', '2024-05-06');
SELECT date_part(NULL, date'2024-05-06'), date_part('year', NULL);
SELECT date_part('century', date'2024-05-06');
SELECT date_part(a, date'2024-05-06') FROM VALUES ('year') AS t(a);
SELECT date_part('year', 'x');
SELECT date_part('year', 1);
SELECT date_part('year');
