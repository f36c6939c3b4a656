SELECT map_filter(map(1, 0, 2, 2, 3, -1), (k, v) -> k > v), map_filter(map(), (k, v) -> true), map_filter(map('a', NULL), (k, v) -> v > 1);
SELECT map_filter(NULL, (k, v) -> true);
SELECT map_filter(a, (k, v) -> v > 1) FROM VALUES (map('x', 1, 'y', 2)), (NULL) AS t(a);
SELECT map_filter(map(1, 2), k -> true);
SELECT map_filter(map(1, 2), (k, v) -> v);
SELECT map_filter(array(1), (k, v) -> true);
