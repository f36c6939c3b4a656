SELECT map_keys(map('a', 1, 'b', 2)), map_keys(map()), map_keys(NULL), map_keys(map(1, NULL)), map_keys(map('k', array(1)));
SELECT map_keys(a) FROM VALUES (map('x', 1)), (NULL) AS t(a);
SELECT map_keys(array(1));
SELECT map_keys(1);
SELECT map_keys();
