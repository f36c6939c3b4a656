SELECT repeat('ab', 3), repeat('ab', 0), repeat('ab', -1), repeat('', 3), repeat(1, 2);
SELECT repeat(a, b) FROM VALUES ('*', 3), (NULL, 2), ('x', NULL) AS t(a, b);
SELECT repeat('a', '2');
SELECT repeat('a', 'x');
SELECT repeat('a');
SELECT repeat(array(1), 2);
