SELECT get(array(1, 2), 0), get(array(1, 2), 5), get(array(1, 2), -1), get(array(1), NULL), get(array('a'), 0);
SELECT get(NULL, 0);
SELECT get(a, i) FROM VALUES (array(1, 2), 1), (NULL, 0), (array(1), 9) AS t(a, i);
SELECT get(map(1, 2), 1);
SELECT get(array(1), 'x');
