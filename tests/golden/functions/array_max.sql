SELECT array_max(array(1, 3, NULL, 2)), array_max(array('a', 'B')), array_max(array()), array_max(array(NULL)), array_max(NULL), array_max(array(cast('NaN' AS DOUBLE), 1D)), array_max(array(1, 2.5)), array_max(array(date'2024-01-01', date'2023-01-01')), array_max(array(true, false)), array_max(array(array(1), array(2)));
SELECT array_max(a) FROM VALUES (array(3, 1)), (NULL), (array(NULL, 2)) AS t(a);
SELECT array_max(1);
SELECT array_max(array(map(1, 2)));
SELECT array_max();
