SELECT array_join(array('a', 'b'), ','), array_join(array('a', NULL, 'b'), ','), array_join(array('a', NULL, 'b'), ',', '?'), array_join(array(), ','), array_join(NULL, ','), array_join(array('a'), NULL), array_join(array('a', NULL), ',', NULL), array_join(array(NULL, 'a'), '-');
SELECT array_join(a, '|'), array_join(a, b, 'x') FROM VALUES (array('p', 'q'), '-'), (array('p', NULL), NULL), (NULL, '-') AS t(a, b);
SELECT array_join(array(1, 2), ',');
SELECT array_join('a', ',');
SELECT array_join(array('a'));
SELECT array_join(array('a'), 1);
