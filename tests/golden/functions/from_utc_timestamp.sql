-- zone: UTC, America/New_York
SELECT from_utc_timestamp(timestamp'2024-07-04 05:06:07', 'America/New_York'), from_utc_timestamp('2024-01-04 05:06:07', 'Asia/Seoul'), from_utc_timestamp(date'2024-07-04', 'Europe/Paris'), from_utc_timestamp(timestamp'2024-07-04 05:06:07', 'UTC'), from_utc_timestamp(timestamp'2024-07-04 05:06:07', '+05:30'), from_utc_timestamp(timestamp'2024-07-04 05:06:07', 'PST');
SELECT from_utc_timestamp(timestamp'2024-03-10 02:30:00', 'America/New_York'), from_utc_timestamp(timestamp'2024-11-03 01:30:00', 'America/New_York'), from_utc_timestamp(timestamp_ntz'2024-07-04 05:06:07', 'America/New_York');
SELECT from_utc_timestamp(NULL, 'UTC'), from_utc_timestamp(timestamp'2024-07-04 05:06:07', NULL);
SELECT from_utc_timestamp(a, b), from_utc_timestamp(a, 'Asia/Tokyo') FROM VALUES (timestamp'2024-07-04 05:06:07', 'America/Chicago'), (NULL, 'UTC'), (timestamp'2024-07-04 05:06:07', NULL) AS t(a, b);
SELECT from_utc_timestamp(timestamp'2024-07-04 05:06:07', 'Nowhere');
SELECT from_utc_timestamp('x', 'UTC');
SELECT from_utc_timestamp(1, 'UTC');
SELECT from_utc_timestamp(timestamp'2024-07-04 05:06:07');
