SELECT timestampdiff(HOUR, timestamp'2024-01-01 00:00:00', timestamp'2024-01-02 05:59:59'), timestampdiff(MONTH, date'2024-01-31', date'2024-02-29'), timestampdiff(YEAR, date'2020-02-29', date'2024-02-28'), timestampdiff(SECOND, timestamp'2024-01-01 00:00:00', NULL);
-- zone: America/New_York
SELECT timestampdiff(DAY, timestamp'2024-03-09 12:00:00', timestamp'2024-03-10 12:00:00'), timestampdiff(HOUR, timestamp'2024-03-09 12:00:00', timestamp'2024-03-10 12:00:00');
SELECT timestampdiff(FOO, date'2024-01-01', date'2024-01-02');
