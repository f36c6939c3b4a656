SELECT map_values(map('a', 1, 'b', 2)), map_values(map()), map_values(NULL), map_values(map(1, NULL)), map_values(map('k', array(1)));
SELECT map_values(a) FROM VALUES (map('x', 1)), (NULL) AS t(a);
SELECT map_values(array(1));
SELECT map_values(1);
SELECT map_values();
