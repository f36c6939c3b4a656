-- zone: UTC, America/New_York
SELECT t, cast(t AS DATE), cast(t AS STRING), cast(t AS TIMESTAMP_NTZ), cast(t AS BIGINT), hour(t), date_trunc('DAY', t), to_date(t) FROM VALUES (timestamp'2024-03-10 06:59:59Z'), (timestamp'2024-03-10 07:00:00Z'), (timestamp'2024-11-03 05:30:00Z'), (timestamp'2024-11-03 06:30:00Z'), (timestamp'1900-01-01 00:00:00Z'), (timestamp'1969-12-31 23:59:59.999999Z'), (NULL) AS t(t);
-- zone: UTC, America/New_York
SELECT n, cast(n AS TIMESTAMP), cast(n AS STRING), cast(n AS DATE), n = cast(n AS TIMESTAMP) FROM VALUES (timestamp_ntz'2024-03-10 02:30:00'), (timestamp_ntz'2024-11-03 01:30:00'), (NULL) AS t(n);
-- zone: UTC, America/New_York
SELECT d, cast(d AS TIMESTAMP), d = cast(d AS TIMESTAMP), d < timestamp'2024-03-10 05:00:00Z', cast(d AS TIMESTAMP_NTZ) FROM VALUES (date'2024-03-10'), (date'2024-11-03') AS t(d);
-- zone: America/New_York
SELECT t + interval '1' day, t + interval '24' hour, t + interval '1' month, t - interval '1' day FROM VALUES (timestamp'2024-03-09 12:00:00'), (timestamp'2024-11-02 12:00:00'), (timestamp'2024-02-10 02:30:00') AS t(t);
-- zone: America/New_York
SELECT timestamp'2024-03-11 00:00:00' - timestamp'2024-03-10 00:00:00', date'2024-03-11' - date'2024-03-10', timestamp'2024-11-04 00:00:00' - timestamp'2024-11-03 00:00:00';
-- zone: America/New_York
SELECT '2024-07-01 00:00:00' = timestamp'2024-07-01 00:00:00', timestamp'2024-07-01 00:00:00' > '2024-06-30', date'2024-07-01' = '2024-07-01 10:00:00';
SELECT min(t), max(t), count(DISTINCT t), avg(cast(t AS BIGINT)) FROM VALUES (timestamp'2024-01-01 00:00:00'), (timestamp'2024-01-02 00:00:00') AS t(t);
SELECT t FROM VALUES (timestamp'2024-01-01 00:00:00'), (date'2024-01-02'), (timestamp_ntz'2024-01-03 00:00:00') AS t(t);
SELECT timestamp'2024-01-01 00:00:00.1234567', timestamp'0001-01-01 00:00:00', timestamp'9999-12-31 23:59:59.999999';
