SELECT datediff(date'2024-03-01', date'2024-02-01'), datediff(date'2024-02-01', date'2024-03-01'), datediff('2024-03-01', '2024-02-28'), datediff(timestamp'2024-03-01 00:00:01', timestamp'2024-02-29 23:59:59'), date_diff(date'2024-01-02', date'2024-01-01');
SELECT datediff(NULL, date'2024-01-01'), datediff(date'2024-01-01', NULL);
SELECT datediff(a, b) FROM VALUES (date'2024-01-05', date'2024-01-01'), (NULL, date'2024-01-01'), (date'2024-01-05', NULL) AS t(a, b);
SELECT datediff(DAY, date'2024-01-01', date'2024-03-01'), datediff(MONTH, date'2024-01-31', date'2024-02-29'), datediff(YEAR, date'2020-02-29', date'2024-02-28');
SELECT dateadd(MONTH, 1, date'2024-01-31');
-- zone: America/New_York
SELECT datediff(timestamp'2024-01-02 03:00:00Z', timestamp'2024-01-01 05:00:00Z');
SELECT datediff('x', date'2024-01-01');
SELECT datediff(1, 2);
SELECT datediff(date'2024-01-01');
SELECT datediff(FOO, date'2024-01-01', date'2024-01-02');
