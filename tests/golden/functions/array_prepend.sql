SELECT array_prepend(array(1, 2), 3), array_prepend(array(1), NULL), array_prepend(array(), 1), array_prepend(array('a'), 'b'), array_prepend(array(1), 2L);
SELECT array_prepend(NULL, 1);
SELECT array_prepend(a, b) FROM VALUES (array(1), 2), (NULL, 2), (array(1), NULL) AS t(a, b);
SELECT array_prepend(array(1), 'x');
SELECT array_prepend(1, 1);
