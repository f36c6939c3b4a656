SELECT exists(array(1, 2), x -> x > 1), exists(array(1, 2), x -> x > 5), exists(array(1, NULL), x -> x > 5), exists(array(), x -> true);
SELECT exists(NULL, x -> true);
SELECT exists(a, x -> x = b) FROM VALUES (array(1, 2), 2), (NULL, 1), (array(1, NULL), 3), (array(1), NULL) AS t(a, b);
SELECT exists(array(1), x -> x);
SELECT exists(1, x -> true);
SELECT exists(array(1), (x, y) -> true);
