-- nvl2(a, b, c): b where a is not null, else c.
SELECT nvl2(1, 'x', 'y'), nvl2(NULL, 'x', 'y'), nvl2(NULL, 1, 2.5D);
SELECT a, nvl2(a, b, -1) FROM VALUES (1, 10), (NULL, 20), (3, NULL) AS t(a, b);
SELECT nvl2(a, b, c) FROM VALUES (1, date'2024-01-02', NULL), (NULL, NULL, date'2024-01-03') AS t(a, b, c);
SELECT nvl2(1, 'x', 2);
SELECT nvl2(1, array(1), 2);
SELECT nvl2(1, 2);
