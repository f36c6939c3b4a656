SELECT weekday(date'2024-02-29'), weekday(timestamp'2024-12-31 23:59:59'), weekday('2024-03-05'), weekday(NULL), weekday(date'2024-03-03');
-- zone: America/New_York
SELECT weekday(timestamp'2024-07-01 03:00:00Z');
SELECT weekday(a) FROM VALUES (date'2024-01-01'), (NULL) AS t(a);
SELECT weekday('x');
SELECT weekday(1);
SELECT weekday();
