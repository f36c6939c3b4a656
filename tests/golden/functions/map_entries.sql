SELECT map_entries(map(1, 'a', 2, NULL)), map_entries(map()), map_entries(NULL);
SELECT map_entries(a) FROM VALUES (map('x', 1)), (NULL) AS t(a);
SELECT map_entries(array(1));
