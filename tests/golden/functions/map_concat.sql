SELECT map_concat(map(1, 'a'), map(2, 'b')), map_concat(map(), map(1, 2)), map_concat(), map_concat(map(1, 2), map(2L, 2.5));
SELECT map_concat(map(1, 2), NULL);
SELECT map_concat(map(1, 'a'), map(1, 'b'));
SELECT map_concat(a, b) FROM VALUES (map('x', 1), map('y', 2)), (NULL, map('z', 3)) AS t(a, b);
SELECT map_concat(map(1, 2), array(1));
SELECT map_concat(map(1, 2), map('x', array(1)));
