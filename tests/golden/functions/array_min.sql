SELECT array_min(array(1, 3, NULL, 2)), array_min(array('a', 'B')), array_min(array()), array_min(array(NULL)), array_min(NULL), array_min(array(cast('NaN' AS DOUBLE), 1D)), array_min(array(1, 2.5)), array_min(array(date'2024-01-01', date'2023-01-01')), array_min(array(true, false)), array_min(array(array(1), array(2)));
SELECT array_min(a) FROM VALUES (array(3, 1)), (NULL), (array(NULL, 2)) AS t(a);
SELECT array_min(1);
SELECT array_min(array(map(1, 2)));
SELECT array_min();
