-- zone: UTC, America/New_York
SELECT unix_micros(timestamp'2024-01-01 00:00:00.123456'), unix_micros(timestamp'1969-12-31 23:59:59.999999Z'), unix_micros(NULL);
SELECT unix_micros(a) FROM VALUES (timestamp'2024-01-01 00:00:00'), (NULL) AS t(a);
SELECT unix_micros(date'2024-01-01');
SELECT unix_micros('2024-01-01 00:00:00');
SELECT unix_micros(timestamp_ntz'2024-01-01 00:00:00');
SELECT unix_micros(1);
