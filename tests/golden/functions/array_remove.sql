SELECT array_remove(array(1, 2, NULL, 1), 1), array_remove(array(1), 2), array_remove(array(1), NULL), array_remove(array('a', 'b'), 'a'), array_remove(array(cast('NaN' AS DOUBLE), 1D), cast('NaN' AS DOUBLE)), array_remove(array(1L), 1);
SELECT array_remove(NULL, 1);
SELECT array_remove(a, b) FROM VALUES (array(1, 2), 2), (NULL, 2), (array(1), NULL) AS t(a, b);
SELECT array_remove(array(1), 'x');
SELECT array_remove(1, 1);
