SELECT nvl(NULL, 1), nvl(1, 2), nvl(NULL, 'a'), nvl(1, 2.5), ifnull(NULL, 3), nvl2(NULL, 1, 2), nvl2(1, 'a', 'b');
SELECT nvl(a, b), ifnull(a, 0), nvl2(a, b, -1) FROM VALUES (1, 2), (NULL, 2), (NULL, NULL) AS t(a, b);
SELECT nvl(1, 'x');
SELECT nvl(NULL, NULL);
SELECT nvl(1, date'2024-01-01');
SELECT nvl(1);
SELECT nvl2(1, 2);
