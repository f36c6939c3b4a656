SELECT array_distinct(array(1, 2, 1, NULL, NULL)), array_distinct(array('a', 'A', 'a')), array_distinct(array()), array_distinct(NULL), array_distinct(array(cast('NaN' AS DOUBLE), cast('NaN' AS DOUBLE), 0.0D, -0.0D)), array_distinct(array(array(1), array(1)));
SELECT array_distinct(a) FROM VALUES (array(3, 3, 1)), (NULL) AS t(a);
SELECT array_distinct(1);
SELECT array_distinct(array(map(1, 2)));
SELECT array_distinct();
SELECT array_distinct(a), array_union(a, array(-0.0D)), array_intersect(a, array(-0.0D)), array_except(a, array(-0.0D)), arrays_overlap(a, array(-0.0D)), array_contains(a, -0.0D) FROM VALUES (array(0.0D, -0.0D, 0.0D)), (array(0.0D, 1D)), (array(-0.0D, NULL)), (NULL) AS t(a);
