SELECT dayname(date'2024-02-29'), dayname(timestamp'2024-12-31 23:59:59'), dayname('2024-03-05'), dayname(NULL), dayname(date'2024-03-03');
-- zone: America/New_York
SELECT dayname(timestamp'2024-07-01 03:00:00Z');
SELECT dayname(a) FROM VALUES (date'2024-01-01'), (NULL) AS t(a);
SELECT dayname('x');
SELECT dayname(1);
SELECT dayname();
