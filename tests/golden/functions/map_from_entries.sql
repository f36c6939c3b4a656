SELECT map_from_entries(array(struct(1, 'a'), struct(2, 'b'))), map_from_entries(array(struct(1, NULL))), map_from_entries(array(struct(1, 'a'), NULL));
SELECT map_from_entries(NULL);
SELECT map_from_entries(array(struct(1, 'a'), struct(1, 'b')));
SELECT map_from_entries(array(struct(NULL, 'a')));
SELECT map_from_entries(array(struct(1, 2, 3)));
SELECT map_from_entries(array(1));
SELECT map_from_entries(map_entries(a)) FROM VALUES (map('x', 1)), (NULL) AS t(a);
