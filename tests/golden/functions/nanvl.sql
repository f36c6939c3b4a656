SELECT nanvl(cast('NaN' AS DOUBLE), 1D), nanvl(2D, 1D), nanvl(NULL, 1D), nanvl(cast('NaN' AS DOUBLE), NULL), nanvl(cast('NaN' AS FLOAT), 1F), nanvl(cast('NaN' AS DOUBLE), 5), nanvl(1, 2);
SELECT nanvl(a, b) FROM VALUES (1D, 2D), (cast('NaN' AS DOUBLE), 2D), (NULL, 2D), (cast('NaN' AS DOUBLE), NULL) AS t(a, b);
SELECT nanvl('NaN', 1D);
SELECT nanvl('x', 1D);
SELECT nanvl(true, 1D);
SELECT nanvl(1D);
