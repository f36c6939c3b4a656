SELECT filter(array(1, 2, 3), x -> x > 1), filter(array(1, NULL, 3), x -> x IS NOT NULL), filter(array(1, NULL), x -> x > 0), filter(array(1, 2, 3), (x, i) -> i > 0), filter(array(), x -> true), filter(array('a', 'b'), x -> x = 'a');
SELECT filter(NULL, x -> true);
SELECT filter(a, x -> x > b) FROM VALUES (array(1, 2, 3), 1), (NULL, 1), (array(1), NULL) AS t(a, b);
SELECT filter(array(1), x -> x);
SELECT filter(array(1), x -> 'a');
SELECT filter(1, x -> true);
SELECT filter(array(1));
