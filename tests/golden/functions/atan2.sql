SELECT atan2(0, 0), atan2(1, 2), atan2(1.5D, -2), atan2(3, 4), atan2(-0.0D, -1), atan2(1e200D, 1e200D);
SELECT atan2(NULL, 1), atan2(1, NULL), atan2(cast('NaN' AS DOUBLE), 1), atan2(cast('Infinity' AS DOUBLE), cast('NaN' AS DOUBLE));
SELECT atan2(a, b) FROM VALUES (1D, 2), (NULL, 1), (1D, NULL) AS t(a, b);
SELECT atan2('1', 2);
SELECT atan2('x', 2);
SELECT atan2(1);
