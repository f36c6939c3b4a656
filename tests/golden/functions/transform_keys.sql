SELECT transform_keys(map('a', 1), (k, v) -> upper(k)), transform_keys(map(1, 2), (k, v) -> k + v), transform_keys(map(), (k, v) -> k);
SELECT transform_keys(NULL, (k, v) -> k);
SELECT transform_keys(map(1, 1, 2, 2), (k, v) -> 0);
SELECT transform_keys(map(1, 1), (k, v) -> NULL);
SELECT transform_keys(a, (k, v) -> concat(k, v)) FROM VALUES (map('x', 1)), (NULL) AS t(a);
SELECT transform_keys(map(1, 2), k -> k);
