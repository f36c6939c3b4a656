SELECT transform_values(map('a', 1), (k, v) -> v + 1), transform_values(map(1, 2), (k, v) -> k + v), transform_values(map('a', 1), (k, v) -> NULL);
SELECT transform_values(NULL, (k, v) -> v);
SELECT transform_values(a, (k, v) -> concat(k, v)) FROM VALUES (map('x', 1)), (NULL) AS t(a);
SELECT transform_values(map(1, 2), v -> v);
SELECT transform_values(1, (k, v) -> v);
