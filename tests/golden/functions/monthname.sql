SELECT monthname(date'2024-02-29'), monthname(timestamp'2024-12-31 23:59:59'), monthname('2024-03-05'), monthname(NULL), monthname(date'2024-03-03');
-- zone: America/New_York
SELECT monthname(timestamp'2024-07-01 03:00:00Z');
SELECT monthname(a) FROM VALUES (date'2024-01-01'), (NULL) AS t(a);
SELECT monthname('x');
SELECT monthname(1);
SELECT monthname();
