SELECT months_between(date'2024-03-31', date'2024-02-29'), months_between(date'2024-03-15', date'2024-02-15'), months_between(date'2024-03-15', date'2024-02-14'), months_between(timestamp'1997-02-28 10:30:00', date'1996-10-30'), months_between(timestamp'1997-02-28 10:30:00', date'1996-10-30', false), months_between(date'2024-01-01', date'2024-03-01'), months_between('2024-03-31', '2024-01-31');
SELECT months_between(NULL, date'2024-01-01'), months_between(date'2024-01-01', NULL), months_between(date'2024-01-01', date'2024-02-01', NULL);
SELECT months_between(a, b), months_between(a, b, false) FROM VALUES (date'2024-01-31', date'2023-12-15'), (NULL, date'2024-01-01'), (date'2024-01-01', NULL) AS t(a, b);
-- zone: UTC, America/New_York
SELECT months_between(timestamp'2024-03-01 02:00:00Z', timestamp'2024-02-01 02:00:00Z'), months_between(timestamp'2024-03-15 02:00:00Z', timestamp'2024-02-29 22:00:00Z');
SELECT months_between('x', date'2024-01-01');
SELECT months_between(1, 2);
SELECT months_between(date'2024-01-01');
-- zone: America/New_York
SELECT months_between(a, b), months_between(b, a, false) FROM VALUES (timestamp'2024-03-10 07:00:00Z', timestamp'2024-02-28 12:00:00Z'), (timestamp'2024-11-03 06:30:00Z', timestamp'2024-01-15 05:00:00Z'), (timestamp'2024-03-31 04:00:00Z', timestamp'2024-02-29 05:00:00Z') AS t(a, b);
