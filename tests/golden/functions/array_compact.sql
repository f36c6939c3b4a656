SELECT array_compact(array(1, NULL, 2)), array_compact(array(NULL)), array_compact(array()), array_compact(NULL), array_compact(array('a', NULL));
SELECT array_compact(a) FROM VALUES (array(1, NULL)), (NULL) AS t(a);
SELECT array_compact(1);
