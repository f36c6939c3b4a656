-- zone: UTC, America/New_York
SELECT to_unix_timestamp('2024-01-02 03:04:05'), to_unix_timestamp('2024-07-02', 'yyyy-MM-dd'), to_unix_timestamp(timestamp'2024-01-02 03:04:05'), to_unix_timestamp(date'2024-01-02');
SELECT to_unix_timestamp(timestamp_ntz'2024-01-02 03:04:05.9');
SELECT to_unix_timestamp('1969-12-31 23:59:59'), to_unix_timestamp('1970-01-01 00:00:00');
SELECT to_unix_timestamp(a, b) FROM VALUES ('2024/01/02', 'yyyy/MM/dd'), (NULL, 'yyyy'), ('2024', NULL) AS t(a, b);
SELECT to_unix_timestamp('2024-01-02', 'yyyy/MM/dd');
SELECT to_unix_timestamp('x');
SELECT to_unix_timestamp('2024-13-01', 'yyyy-MM-dd');
SELECT to_unix_timestamp('2024', 'YYYY');
SELECT to_unix_timestamp(1);
SELECT to_unix_timestamp();
