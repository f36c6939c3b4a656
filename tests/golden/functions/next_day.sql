SELECT next_day(date'2024-07-04', 'TU'), next_day(date'2024-07-04', 'thursday'), next_day(date'2024-07-04', 'Fri'), next_day('2024-07-04', 'MO'), next_day(timestamp'2024-07-04 10:00:00', 'SUN'), next_day(NULL, 'MO'), next_day(date'2024-07-04', NULL);
SELECT next_day(a, b) FROM VALUES (date'2024-07-04', 'WE'), (NULL, 'MO'), (date'2024-07-04', NULL) AS t(a, b);
SELECT next_day(date'2024-07-04', 'xx');
SELECT next_day(a, b) FROM VALUES (date'2024-07-04', 'xx') AS t(a, b);
SELECT next_day('x', 'MO');
SELECT next_day(1, 'MO');
SELECT next_day(date'2024-07-04');
