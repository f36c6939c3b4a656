SELECT map_contains_key(map(1, 'a'), 1), map_contains_key(map(1, 'a'), 2), map_contains_key(map('a', NULL), 'a'), map_contains_key(map(1L, 2), 1);
SELECT map_contains_key(NULL, 1);
SELECT map_contains_key(a, b) FROM VALUES (map('x', 1), 'x'), (NULL, 'x'), (map('x', 1), NULL) AS t(a, b);
SELECT map_contains_key(map(1, 2), 'x');
SELECT map_contains_key(map(1, 2), NULL);
SELECT map_contains_key(1, 1);
