-- zone: UTC, America/New_York
SELECT unix_timestamp('2024-01-02 10:11:12'), unix_timestamp('2024-01-02', 'yyyy-MM-dd'), unix_timestamp('01/02/2024 03:04', 'MM/dd/yyyy HH:mm'), unix_timestamp(date'2024-01-02'), unix_timestamp(timestamp'2024-01-02 00:00:00.9'), to_unix_timestamp('2024-01-02 10:11:12'), unix_timestamp(timestamp_ntz'2024-01-02 00:00:00');
SELECT unix_timestamp(NULL), unix_timestamp('2024-01-02', NULL), unix_timestamp(timestamp'1969-12-31 23:59:59.5');
SELECT unix_timestamp(a), unix_timestamp(b) FROM VALUES ('2024-01-02 01:02:03', date'2024-01-01'), (NULL, NULL) AS t(a, b);
SELECT unix_timestamp('x');
SELECT unix_timestamp('2024-01-02');
SELECT unix_timestamp('2024-01-02', 'foo');
SELECT unix_timestamp(1);
SELECT unix_timestamp('2024', 'YYYY');
-- zone: UTC, America/New_York
SELECT unix_timestamp(a), to_unix_timestamp(a), unix_seconds(cast(a AS TIMESTAMP)) FROM VALUES (timestamp_ntz'1969-12-31 23:59:58.5'), (timestamp_ntz'2024-03-10 02:30:00') AS t(a);
