SELECT array_position(array(3, 1, 1), 1), array_position(array(1), 5), array_position(array(NULL, 1), 1), array_position(array(1), NULL), array_position(array(), 1), array_position(array(1L), 1);
SELECT array_position(NULL, 1);
SELECT array_position(a, b) FROM VALUES (array(1, 2), 2), (NULL, 2), (array(1), NULL) AS t(a, b);
SELECT array_position(array(1), 'x');
SELECT array_position(1, 1);
