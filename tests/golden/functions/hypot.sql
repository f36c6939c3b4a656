SELECT hypot(0, 0), hypot(1, 2), hypot(1.5D, -2), hypot(3, 4), hypot(-0.0D, -1), hypot(1e200D, 1e200D);
SELECT hypot(NULL, 1), hypot(1, NULL), hypot(cast('NaN' AS DOUBLE), 1), hypot(cast('Infinity' AS DOUBLE), cast('NaN' AS DOUBLE));
SELECT hypot(a, b) FROM VALUES (1D, 2), (NULL, 1), (1D, NULL) AS t(a, b);
SELECT hypot('1', 2);
SELECT hypot('x', 2);
SELECT hypot(1);
