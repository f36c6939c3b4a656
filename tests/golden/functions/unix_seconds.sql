-- zone: UTC, America/New_York
SELECT unix_seconds(timestamp'2024-01-01 00:00:00.123456'), unix_seconds(timestamp'1969-12-31 23:59:59.999999Z'), unix_seconds(NULL);
SELECT unix_seconds(a) FROM VALUES (timestamp'2024-01-01 00:00:00'), (NULL) AS t(a);
SELECT unix_seconds(date'2024-01-01');
SELECT unix_seconds('2024-01-01 00:00:00');
SELECT unix_seconds(timestamp_ntz'2024-01-01 00:00:00');
SELECT unix_seconds(1);
