SELECT trunc(date'2024-08-15', 'YEAR'), trunc(date'2024-08-15', 'year'), trunc(date'2024-08-15', 'QUARTER'), trunc(date'2024-08-15', 'MONTH'), trunc(date'2024-08-15', 'MON'), trunc(date'2024-08-15', 'MM'), trunc(date'2024-08-15', 'WEEK'), trunc(date'2024-08-15', 'YYYY'), trunc(date'2024-08-15', 'YY');
SELECT trunc(date'2024-08-15', 'DAY'), trunc(date'2024-08-15', 'foo'), trunc('2024-08-15', 'MM'), trunc(timestamp'2024-08-15 10:00:00', 'MM'), trunc(NULL, 'MM'), trunc(date'2024-08-15', NULL);
SELECT trunc(a, 'MONTH'), trunc(a, b) FROM VALUES (date'2024-08-15', 'WEEK'), (date'1969-08-15', 'YEAR'), (NULL, 'YEAR') AS t(a, b);
SELECT trunc('x', 'MM');
SELECT trunc(1, 'MM');
SELECT trunc(date'2024-08-15');
