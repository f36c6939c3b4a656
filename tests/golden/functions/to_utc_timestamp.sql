-- zone: UTC, America/New_York
SELECT to_utc_timestamp(timestamp'2024-07-04 05:06:07', 'America/New_York'), to_utc_timestamp('2024-01-04 05:06:07', 'Asia/Seoul'), to_utc_timestamp(date'2024-07-04', 'Europe/Paris'), to_utc_timestamp(timestamp'2024-07-04 05:06:07', 'UTC'), to_utc_timestamp(timestamp'2024-07-04 05:06:07', '+05:30'), to_utc_timestamp(timestamp'2024-07-04 05:06:07', 'PST');
SELECT to_utc_timestamp(timestamp'2024-03-10 02:30:00', 'America/New_York'), to_utc_timestamp(timestamp'2024-11-03 01:30:00', 'America/New_York'), to_utc_timestamp(timestamp_ntz'2024-07-04 05:06:07', 'America/New_York');
SELECT to_utc_timestamp(NULL, 'UTC'), to_utc_timestamp(timestamp'2024-07-04 05:06:07', NULL);
SELECT to_utc_timestamp(a, b), to_utc_timestamp(a, 'Asia/Tokyo') FROM VALUES (timestamp'2024-07-04 05:06:07', 'America/Chicago'), (NULL, 'UTC'), (timestamp'2024-07-04 05:06:07', NULL) AS t(a, b);
SELECT to_utc_timestamp(timestamp'2024-07-04 05:06:07', 'Nowhere');
SELECT to_utc_timestamp('x', 'UTC');
SELECT to_utc_timestamp(1, 'UTC');
SELECT to_utc_timestamp(timestamp'2024-07-04 05:06:07');
