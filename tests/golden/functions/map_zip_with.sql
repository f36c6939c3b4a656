SELECT map_zip_with(map(1, 'a', 2, 'b'), map(1, 'x', 3, 'y'), (k, v, w) -> concat(v, w)), map_zip_with(map('a', 1), map('a', 2), (k, v, w) -> v + w);
SELECT map_zip_with(NULL, map(1, 2), (k, v, w) -> k);
SELECT map_zip_with(map(1, 2), map('x', 2), (k, v, w) -> k);
SELECT map_zip_with(map(1, 2), map(1, 2), (k, v) -> k);
