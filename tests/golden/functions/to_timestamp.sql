-- zone: UTC, America/New_York
SELECT to_timestamp('2024-01-02 10:11:12'), to_timestamp('2024-01-02'), to_timestamp('2024-01-02T10:11:12.123456Z'), to_timestamp('01/02/2024 03:04', 'MM/dd/yyyy HH:mm'), to_timestamp('2024-01-02 03:04:05.678', 'yyyy-MM-dd HH:mm:ss.SSS'), to_timestamp('2024-01-02 03 PM', 'yyyy-MM-dd hh a');
-- zone: UTC, America/New_York
SELECT to_timestamp('2024-01-02 10:11:12 +0200', 'yyyy-MM-dd HH:mm:ss Z'), to_timestamp('2024-01-02 10:11:12+02:00', 'yyyy-MM-dd HH:mm:ssXXX'), to_timestamp('2024-01-02 10:11:12 PST', 'yyyy-MM-dd HH:mm:ss z'), to_timestamp('2024-07-02 10:11:12 Europe/Paris', 'yyyy-MM-dd HH:mm:ss VV');
SELECT to_timestamp(NULL), to_timestamp('2024-01-02', NULL), to_timestamp(date'2024-01-02'), to_timestamp(timestamp'2024-01-02 10:00:00'), to_timestamp(timestamp_ntz'2024-01-02 10:00:00');
SELECT to_timestamp(a), to_timestamp(a, 'yyyy-MM-dd HH:mm:ss') FROM VALUES ('2024-01-02 01:02:03'), (NULL) AS t(a);
SELECT to_timestamp(a, b) FROM VALUES ('01/02/2024', 'MM/dd/yyyy'), (NULL, 'yyyy') AS t(a, b);
-- zone: America/New_York
SELECT to_timestamp('2024-03-10 02:30:00'), to_timestamp('2024-11-03 01:30:00', 'yyyy-MM-dd HH:mm:ss');
SELECT to_timestamp('x');
SELECT to_timestamp('2024-01-02 25:00:00', 'yyyy-MM-dd HH:mm:ss');
SELECT to_timestamp('2024-01-02', 'yyyy-MM-dd HH:mm:ss');
SELECT to_timestamp('2024-01-02', 'qqqq foo');
SELECT to_timestamp('2024-01-02 10:11:12.1', 'yyyy-MM-dd HH:mm:ss.SSSSSS');
SELECT to_timestamp('2024-01-02 10:11:12.1', 'yyyy-MM-dd HH:mm:ss[.SSS]');
SELECT to_timestamp('2024-01-02 10:11', 'yyyy-MM-dd HH:mm[:ss]');
SELECT to_timestamp(0), to_timestamp(1704103872L);
SELECT to_timestamp(1.5D);
SELECT to_timestamp(true);
SELECT to_timestamp();
