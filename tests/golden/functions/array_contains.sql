SELECT array_contains(array(1, 2), 2), array_contains(array(1, 2), 3), array_contains(array(1, NULL), 3), array_contains(array(1, NULL), 1), array_contains(array('a'), 'A'), array_contains(array(1L), 1), array_contains(array(1), 1L), array_contains(array(1.0), 1), array_contains(array(), 1);
SELECT array_contains(a, 1), array_contains(a, b) FROM VALUES (array(1, 2), 2), (NULL, 1), (array(3), NULL), (array(NULL, 1), 5) AS t(a, b);
SELECT array_contains(array(cast('NaN' AS DOUBLE)), cast('NaN' AS DOUBLE)), array_contains(array(array(1)), array(1)), array_contains(array(struct(1, 'a')), struct(1, 'a'));
SELECT array_contains(array(1), NULL);
SELECT array_contains(array(1), 'x');
SELECT array_contains(array('1'), 1);
SELECT array_contains(1, 1);
SELECT array_contains(array(1));
SELECT array_contains(array(map(1, 2)), map(1, 2));
