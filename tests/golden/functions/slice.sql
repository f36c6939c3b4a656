SELECT slice(array(1, 2, 3, 4), 2, 2), slice(array(1, 2, 3, 4), -2, 2), slice(array(1, 2), 1, 10), slice(array(1, 2), 5, 1), slice(array(1, 2), 1, 0), slice(array('a', NULL), 2, 1), slice(array(), 1, 1), slice(array(1, 2, 3), -5, 2);
SELECT slice(NULL, 1, 1), slice(array(1), NULL, 1), slice(array(1), 1, NULL);
SELECT slice(a, b, c) FROM VALUES (array(1, 2, 3), 2, 1), (NULL, 1, 1), (array(1), NULL, 1) AS t(a, b, c);
SELECT slice(array(1), 0, 1);
SELECT slice(array(1), 1, -1);
SELECT slice(a, 0, 1) FROM VALUES (array(1)) AS t(a);
SELECT slice(1, 1, 1);
SELECT slice(array(1), 'x', 1);
SELECT slice(array(1), 1);
