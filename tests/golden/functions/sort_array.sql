SELECT sort_array(array(3, 1, NULL, 2)), sort_array(array(3, 1, NULL, 2), false), sort_array(array('b', 'a', 'B')), sort_array(array()), sort_array(NULL), sort_array(array(1.5D, cast('NaN' AS DOUBLE), -1D)), sort_array(array(true, false));
SELECT sort_array(a), sort_array(a, false) FROM VALUES (array(2, 1)), (NULL), (array(NULL, 3, 1)) AS t(a);
SELECT sort_array(array(struct(2, 'a'), struct(1, 'b'))), sort_array(array(array(2), array(1, 5))), sort_array(array(date'2024-02-01', date'2024-01-01'));
SELECT array_sort(array(3, 1, NULL, 2)), array_sort(array('b', 'a')), array_sort(array(3, 1, 2), (l, r) -> CASE WHEN l < r THEN 1 WHEN l > r THEN -1 ELSE 0 END);
SELECT sort_array(array(map(1, 2)));
SELECT sort_array(1);
SELECT sort_array(array(1), 1);
SELECT sort_array(array(1), b) FROM VALUES (true) AS t(b);
SELECT sort_array();
