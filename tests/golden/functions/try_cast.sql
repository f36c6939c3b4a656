SELECT try_cast('12' AS INT), try_cast('abc' AS INT), try_cast('1.5' AS INT), try_cast('' AS DOUBLE), try_cast('2.5' AS DECIMAL(3, 1)), try_cast('x' AS DATE), try_cast('2024-01-01' AS DATE), try_cast('x' AS TIMESTAMP), try_cast('maybe' AS BOOLEAN);
SELECT try_cast(300 AS TINYINT), try_cast(1e20D AS INT), try_cast(cast('NaN' AS DOUBLE) AS INT), try_cast(12345.678 AS DECIMAL(4, 1)), try_cast(2.9D AS INT);
SELECT try_cast(NULL AS INT), try_cast(1 AS STRING), try_cast(date'2024-01-01' AS STRING);
SELECT try_cast(a AS INT), try_cast(b AS TINYINT), try_cast(a AS DOUBLE) FROM VALUES ('5', 5), ('x', 500), (NULL, NULL) AS t(a, b);
SELECT try_cast(array('1', 'x') AS ARRAY<INT>), try_cast(map('a', '1') AS MAP<STRING, INT>);
SELECT try_cast(struct('1', 'x') AS STRUCT<a: INT, b: INT>);
SELECT try_cast(date'2024-01-01' AS INT);
SELECT try_cast(1 AS DATE);
SELECT try_cast(true AS TIMESTAMP);
