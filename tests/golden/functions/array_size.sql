SELECT array_size(array(1, 2)), array_size(array()), array_size(NULL);
SELECT array_size(a) FROM VALUES (array(1)), (NULL) AS t(a);
SELECT array_size(map(1, 2));
SELECT array_size('a');
