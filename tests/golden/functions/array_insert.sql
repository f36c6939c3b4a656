SELECT array_insert(array(1, 2, 4), 3, 3), array_insert(array(1, 2), -1, 9), array_insert(array(1, 2), -2, 9), array_insert(array(1), 5, 9), array_insert(array(1), -5, 9), array_insert(array(1), 1, NULL);
SELECT array_insert(NULL, 1, 1);
SELECT array_insert(array(1), NULL, 1);
SELECT array_insert(array(1), 0, 1);
SELECT array_insert(a, 1, b) FROM VALUES (array(1), 2), (NULL, 2) AS t(a, b);
SELECT array_insert(array(1), 1, 'x');
SELECT array_insert(array(1), 1);
