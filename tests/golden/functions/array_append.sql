SELECT array_append(array(1, 2), 3), array_append(array(1), NULL), array_append(array(), 1), array_append(array('a'), 'b'), array_append(array(1), 2L);
SELECT array_append(NULL, 1);
SELECT array_append(array(1), 2.5);
SELECT array_append(a, b) FROM VALUES (array(1), 2), (NULL, 2), (array(1), NULL) AS t(a, b);
SELECT array_append(array(1), 'x');
SELECT array_append(1, 1);
SELECT array_append(array(1));
