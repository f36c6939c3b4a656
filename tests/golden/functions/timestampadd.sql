SELECT timestampadd(HOUR, 5, timestamp'2024-01-01 00:00:00'), timestampadd(MONTH, 1, date'2024-01-31'), timestampadd(DAY, -1, timestamp'2024-01-01 00:00:00'), timestampadd(WEEK, NULL, date'2024-01-01'), dateadd(QUARTER, 1, date'2024-01-31');
-- zone: America/New_York
SELECT timestampadd(DAY, 1, timestamp'2024-03-09 12:00:00'), timestampadd(HOUR, 24, timestamp'2024-03-09 12:00:00');
SELECT timestampadd(FOO, 1, date'2024-01-01');
-- zone: America/New_York
SELECT timestampadd(DAY, n, a), timestampadd(MONTH, n, a), timestampadd(HOUR, n, a), a + make_dt_interval(n), a + n * interval '1' month FROM VALUES (timestamp'2024-11-03 06:30:00Z', 0), (timestamp'2024-11-02 06:30:00Z', 1), (timestamp'2024-03-09 07:30:00Z', 1), (timestamp'2024-10-03 05:30:00Z', 1) AS t(a, n);
