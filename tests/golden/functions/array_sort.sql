SELECT array_sort(array(5, 6, 1)), array_sort(array('b', 'd', NULL, 'c', 'a')), array_sort(array()), array_sort(array(1D, cast('NaN' AS DOUBLE))), array_sort(array(struct(2, 'a'), struct(1, 'b')));
SELECT array_sort(NULL);
SELECT array_sort(array(5, 6, 1), (l, r) -> CASE WHEN l < r THEN 1 WHEN l > r THEN -1 ELSE 0 END), array_sort(array('bc', 'ab', 'dc'), (l, r) -> CASE WHEN l IS NULL AND r IS NULL THEN 0 WHEN l IS NULL THEN -1 WHEN r IS NULL THEN 1 WHEN l < r THEN 1 WHEN l > r THEN -1 ELSE 0 END);
SELECT array_sort(array(3, 1), (l, r) -> CAST(NULL AS INT));
SELECT array_sort(a) FROM VALUES (array(2, 1)), (NULL), (array(NULL, 1)) AS t(a);
SELECT array_sort(array(1), (l, r) -> 'x');
SELECT array_sort(1);
