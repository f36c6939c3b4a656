SELECT array_except(array(1, 2, 2, 3), array(2, 4, 4)), array_except(array(1, NULL), array(NULL, 2)), array_except(array(), array(1)), array_except(array('a', 'b'), array('b')), array_except(array(1), array(1L)), array_except(array(cast('NaN' AS DOUBLE), 0.0D), array(cast('NaN' AS DOUBLE), -0.0D)), array_except(array(array(1)), array(array(1), array(2)));
SELECT array_except(NULL, array(1));
SELECT array_except(array(1), NULL);
SELECT array_except(a, b) FROM VALUES (array(1, 2), array(2, 3)), (NULL, array(1)), (array(1), NULL) AS t(a, b);
SELECT array_except(array(1), array('x'));
SELECT array_except(1, array(1));
SELECT array_except(array(1));
SELECT array_except(array(map(1, 2)), array(map(1, 2)));
