SELECT last_day(date'2024-02-01'), last_day('2023-02-15'), last_day(timestamp'2024-12-31 10:00:00'), last_day(NULL);
SELECT last_day(a) FROM VALUES (date'2024-04-30'), (NULL), (date'1900-02-01') AS t(a);
SELECT last_day('x');
SELECT last_day(1);
SELECT last_day();
