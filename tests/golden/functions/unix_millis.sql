-- zone: UTC, America/New_York
SELECT unix_millis(timestamp'2024-01-01 00:00:00.123456'), unix_millis(timestamp'1969-12-31 23:59:59.999999Z'), unix_millis(NULL);
SELECT unix_millis(a) FROM VALUES (timestamp'2024-01-01 00:00:00'), (NULL) AS t(a);
SELECT unix_millis(date'2024-01-01');
SELECT unix_millis('2024-01-01 00:00:00');
SELECT unix_millis(timestamp_ntz'2024-01-01 00:00:00');
SELECT unix_millis(1);
