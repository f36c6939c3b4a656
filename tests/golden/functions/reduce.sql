SELECT reduce(array(1, 2, 3), 0, (acc, x) -> acc + x), reduce(array(1, 2, 3), 0, (acc, x) -> acc + x, acc -> acc * 10), reduce(array(), 5, (acc, x) -> acc + x), reduce(array(1, NULL), 0, (acc, x) -> acc + x);
SELECT reduce(a, 0, (acc, x) -> acc + x) FROM VALUES (array(1, 2)), (NULL) AS t(a);
SELECT reduce(array(1), 0);
SELECT reduce(1, 0, (acc, x) -> acc + x);
