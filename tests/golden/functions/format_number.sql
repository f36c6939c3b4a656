SELECT format_number(12332.123456, 4), format_number(12332.123456D, 0), format_number(1234567, 2), format_number(0.5D, 0), format_number(1.5D, 0), format_number(2.5D, 0), format_number(-1234.5D, 1), format_number(0, 2), format_number(1e20D, 1);
SELECT format_number(12332.123456, '##################.###'), format_number(1234.5, '#,##0.00'), format_number(5, '000');
SELECT format_number(a, 2) FROM VALUES (1234.565D), (NULL), (cast('NaN' AS DOUBLE)), (cast('Infinity' AS DOUBLE)), (-0.001D) AS t(a);
SELECT format_number(NULL, 2), format_number(1, NULL), format_number(1.5D, -1);
SELECT format_number(1L, 1), format_number(1Y, 1), format_number(1.25F, 1), format_number('1234.5', 1);
SELECT format_number(1234567.891, '#');
SELECT format_number(true, 1);
SELECT format_number(1);
SELECT format_number('x', 1);
