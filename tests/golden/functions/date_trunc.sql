-- zone: UTC, America/New_York
SELECT date_trunc('YEAR', timestamp'2024-07-04 05:06:07.089Z'), date_trunc('quarter', timestamp'2024-08-04 05:06:07Z'), date_trunc('MONTH', timestamp'2024-07-04 05:06:07Z'), date_trunc('WEEK', timestamp'2024-07-04 05:06:07Z'), date_trunc('DAY', timestamp'2024-07-04 02:06:07Z'), date_trunc('HOUR', timestamp'2024-07-04 05:06:07Z'), date_trunc('MINUTE', timestamp'2024-07-04 05:06:07Z'), date_trunc('SECOND', timestamp'2024-07-04 05:06:07.089Z');
SELECT date_trunc('MILLISECOND', timestamp'2024-07-04 05:06:07.089123'), date_trunc('MICROSECOND', timestamp'2024-07-04 05:06:07.089123'), date_trunc('yyyy', timestamp'2024-07-04 05:06:07'), date_trunc('yy', timestamp'2024-07-04 05:06:07'), date_trunc('mon', timestamp'2024-07-04 05:06:07'), date_trunc('mm', timestamp'2024-07-04 05:06:07'), date_trunc('dd', timestamp'2024-07-04 05:06:07');
SELECT date_trunc('DAY', date'2024-07-04'), date_trunc('MONTH', '2024-07-04 05:06:07'), date_trunc('DAY', timestamp_ntz'2024-07-04 05:06:07'), date_trunc('DAY', NULL), date_trunc(NULL, timestamp'2024-07-04 05:06:07'), date_trunc('foo', timestamp'2024-07-04 05:06:07'), date_trunc('', timestamp'2024-07-04 05:06:07');
SELECT date_trunc('MONTH', a), date_trunc(b, a) FROM VALUES (timestamp'2024-07-04 05:06:07', 'YEAR'), (timestamp'1969-07-04 05:06:07', 'WEEK'), (NULL, 'DAY'), (timestamp'2024-07-04 05:06:07', NULL) AS t(a, b);
-- zone: America/New_York
SELECT date_trunc('DAY', timestamp'2024-03-10 12:00:00'), date_trunc('HOUR', timestamp'2024-11-03 05:30:00Z'), date_trunc('HOUR', timestamp'2024-11-03 06:30:00Z'), date_trunc('WEEK', timestamp'2024-03-13 12:00:00');
SELECT date_trunc('DAY', 'x');
SELECT date_trunc('DAY', 1);
SELECT date_trunc('DAY');
SELECT date_trunc(1, timestamp'2024-07-04 05:06:07');
-- zone: America/New_York
SELECT date_trunc('HOUR', a), date_trunc('DAY', a), date_trunc('MINUTE', a), date_trunc('MONTH', a) FROM VALUES (timestamp'2024-11-03 05:30:00Z'), (timestamp'2024-11-03 06:30:00Z'), (timestamp'2024-03-10 07:15:00Z') AS t(a);
