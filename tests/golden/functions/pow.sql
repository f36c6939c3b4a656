SELECT pow(2, 3), power(2, -1), pow(2.5D, 2), pow(0, 0), pow(-2, 0.5D), pow(2, 1000), pow(2, 10000), pow(2.5, 1.5), pow(1L, 2Y), pow(0, -1);
SELECT pow(NULL, 2), pow(2, NULL), pow(cast('NaN' AS DOUBLE), 0), pow(1, cast('NaN' AS DOUBLE));
SELECT pow(a, b), pow(a, 2) FROM VALUES (2, 3D), (NULL, 1D), (2, NULL) AS t(a, b);
SELECT pow('2', 3);
SELECT pow('x', 3);
SELECT pow(true, 2);
SELECT pow(2);
