SELECT array_repeat('a', 3), array_repeat(1, 0), array_repeat(1, -1), array_repeat(NULL, 2), array_repeat(1, NULL), array_repeat(array(1), 2);
SELECT array_repeat(a, b) FROM VALUES ('x', 2), (NULL, 1), ('y', NULL) AS t(a, b);
SELECT array_repeat('a', 'x');
SELECT array_repeat('a');
