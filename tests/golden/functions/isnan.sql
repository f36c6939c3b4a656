SELECT isnan(cast('NaN' AS DOUBLE)), isnan(1.5D), isnan(cast('NaN' AS FLOAT)), isnan(NULL), isnan(cast('Infinity' AS DOUBLE)), isnan(1), isnan(1.5);
SELECT isnan(a) FROM VALUES (1D), (cast('NaN' AS DOUBLE)), (NULL) AS t(a);
SELECT isnan('NaN'), isnan('1');
SELECT isnan('x');
SELECT isnan(true);
SELECT isnan(date'2024-01-01');
SELECT isnan();
