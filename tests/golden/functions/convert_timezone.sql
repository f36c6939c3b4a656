SELECT convert_timezone('Europe/Brussels', 'America/Los_Angeles', timestamp_ntz'2021-12-06 00:00:00');
-- zone: UTC, America/New_York
SELECT convert_timezone('Europe/Brussels', timestamp_ntz'2021-12-05 15:00:00');
SELECT convert_timezone('UTC', 'America/New_York', timestamp_ntz'2024-03-10 06:59:59.999999'), convert_timezone('UTC', 'America/New_York', timestamp_ntz'2024-03-10 07:00:00');
SELECT convert_timezone('America/New_York', 'UTC', timestamp_ntz'2024-03-10 02:30:00'), convert_timezone('America/New_York', 'UTC', timestamp_ntz'2024-11-03 01:30:00');
SELECT convert_timezone('+01:00', '-05:30', timestamp_ntz'2024-01-01 00:00:00');
SELECT convert_timezone(a, 'UTC', b) FROM VALUES ('Asia/Tokyo', timestamp_ntz'2024-01-01 00:00:00'), (NULL, timestamp_ntz'2024-01-01 00:00:00'), ('UTC', NULL) AS t(a, b);
SELECT convert_timezone('UTC', 'Asia/Tokyo', '2024-01-01 10:00:00'), convert_timezone('UTC', 'Asia/Tokyo', date'2024-01-01');
SELECT convert_timezone('UTC', 'Mars/Phobos', timestamp_ntz'2024-01-01 00:00:00');
SELECT convert_timezone('UTC', NULL, timestamp_ntz'2024-01-01 00:00:00');
SELECT convert_timezone('UTC', 'UTC', 'x');
SELECT convert_timezone('UTC', 'UTC', 1);
SELECT convert_timezone('UTC');
