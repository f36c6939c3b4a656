SELECT extract(YEAR FROM date'2024-02-29'), extract(QUARTER FROM date'2024-02-29'), extract(MONTH FROM date'2024-02-29'), extract(WEEK FROM date'2024-02-29'), extract(DAY FROM date'2024-02-29'), extract(DOW FROM date'2024-02-29'), extract(DOY FROM date'2024-02-29'), extract(YEAROFWEEK FROM date'2021-01-01'), extract(DAYOFWEEK_ISO FROM date'2024-03-03'), extract(DAYOFWEEK FROM date'2024-03-03');
SELECT extract(HOUR FROM timestamp'2024-01-01 01:02:03.456789'), extract(MINUTE FROM timestamp'2024-01-01 01:02:03.456789'), extract(SECOND FROM timestamp'2024-01-01 01:02:03.456789');
SELECT date_part('YEAR', date'2024-02-29'), date_part('seconds', timestamp'2024-01-01 01:02:03.5'), datepart('month', date'2024-05-01'), date_part('D', date'2024-05-06'), date_part(NULL, date'2024-05-06');
SELECT extract(DAYS FROM interval '5 04:03:02.1' day to second), extract(HOURS FROM interval '5 04:03:02.1' day to second), extract(SECONDS FROM interval '5 04:03:02.1' day to second), extract(YEAR FROM interval '2-3' year to month), extract(MONTH FROM interval '2-3' year to month);
SELECT extract(YEAR FROM a), extract(HOUR FROM b) FROM VALUES (date'2024-01-01', timestamp'2024-01-01 05:00:00'), (NULL, NULL) AS t(a, b);
-- zone: UTC, America/New_York
SELECT extract(HOUR FROM timestamp'2024-07-01 03:04:05Z'), extract(DAY FROM timestamp'2024-07-01 03:04:05Z'), extract(YEAR FROM '2024-05-06');
SELECT extract(FOO FROM date'2024-01-01');
SELECT extract(HOUR FROM date'2024-01-01');
SELECT extract(YEAR FROM 1);
SELECT date_part(a, date'2024-01-01') FROM VALUES ('year') AS t(a);
