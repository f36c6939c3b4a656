SELECT nullif(1, 1), nullif(1, 2), nullif(NULL, 1), nullif(1, NULL), nullif('a', 'A'), nullif(1, 1.0), nullif(1, '1'), nullif(0.0D, -0.0D);
SELECT nullif(a, b), nullif(a, 0) FROM VALUES (1, 1), (1, 2), (NULL, 1), (0, NULL) AS t(a, b);
SELECT 10 / nullif(a, 0) FROM VALUES (0), (5) AS t(a);
SELECT nullif(1, 'x');
SELECT nullif(1, date'2024-01-01');
SELECT nullif(1);
