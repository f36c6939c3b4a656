SELECT aggregate(array(1, 2, 3), 0, (acc, x) -> acc + x), aggregate(array(1, 2, 3), 0, (acc, x) -> acc + x, acc -> acc * 10), aggregate(array(), 0, (acc, x) -> acc + x), aggregate(array(1, NULL), 0, (acc, x) -> acc + x), aggregate(NULL, 0, (acc, x) -> acc + x), reduce(array(1, 2), 5, (acc, x) -> acc + x);
SELECT aggregate(a, 0, (acc, x) -> acc + x), aggregate(a, b, (acc, x) -> acc * x) FROM VALUES (array(1, 2), 3), (NULL, 1), (array(4), NULL) AS t(a, b);
SELECT aggregate(array('a', 'b'), '', (acc, x) -> concat(acc, x)), aggregate(array(1, 2), struct(0 AS s, 0 AS n), (acc, x) -> struct(acc.s + x AS s, acc.n + 1 AS n), acc -> acc.s / acc.n);
SELECT aggregate(array(1.5D), 0, (acc, x) -> acc + x);
SELECT aggregate(array(1L), 0L, (acc, x) -> acc + x);
SELECT aggregate(1, 0, (acc, x) -> acc + x);
SELECT aggregate(array(1), 0, x -> x);
SELECT aggregate(array(1), 0);
SELECT aggregate(array(2147483647, 1), 0, (acc, x) -> acc + x);
