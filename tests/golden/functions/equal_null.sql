SELECT equal_null(1, NULL), equal_null(NULL, NULL), equal_null(1, 1), equal_null('a', 'b'), equal_null(1, 1.0);
SELECT equal_null(a, b) FROM VALUES (1, 1), (1, NULL), (NULL, NULL) AS t(a, b);
SELECT equal_null(1, array(1));
SELECT equal_null(1);
