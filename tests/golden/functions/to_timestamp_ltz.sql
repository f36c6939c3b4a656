-- zone: UTC, America/New_York
SELECT to_timestamp_ltz('2024-07-02 10:11:12'), to_timestamp_ltz('2024-07-02 10:11:12.5Z'), to_timestamp_ltz('02/07/2024', 'dd/MM/yyyy'), to_timestamp_ltz(NULL), to_timestamp_ltz('2024-07-02', NULL), to_timestamp_ltz(date'2024-07-02'), to_timestamp_ltz(timestamp'2024-07-02 00:00:00Z'), to_timestamp_ltz(timestamp_ntz'2024-07-02 00:00:00');
SELECT to_timestamp_ltz('x');
SELECT to_timestamp_ltz('2024', 'dd/MM/yyyy');
SELECT to_timestamp_ltz(a) FROM VALUES ('2024-07-02 10:11:12'), (NULL) AS t(a);
SELECT to_timestamp_ltz(1);
SELECT to_timestamp_ltz();
