SELECT array_union(array(1, 2, 2, 3), array(2, 4, 4)), array_union(array(1, NULL), array(NULL, 2)), array_union(array(), array(1)), array_union(array('a', 'b'), array('b')), array_union(array(1), array(1L)), array_union(array(cast('NaN' AS DOUBLE), 0.0D), array(cast('NaN' AS DOUBLE), -0.0D)), array_union(array(array(1)), array(array(1), array(2)));
SELECT array_union(NULL, array(1));
SELECT array_union(array(1), NULL);
SELECT array_union(a, b) FROM VALUES (array(1, 2), array(2, 3)), (NULL, array(1)), (array(1), NULL) AS t(a, b);
SELECT array_union(array(1), array('x'));
SELECT array_union(1, array(1));
SELECT array_union(array(1));
SELECT array_union(array(map(1, 2)), array(map(1, 2)));
