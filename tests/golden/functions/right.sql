SELECT right('Spark SQL', 3), right('Spark', 0), right('Spark', -1), right('Spark', 10), right('', 2), right('日本語', 2), right(NULL, 1), right('a', NULL), right(12345, 2), right('abc', '2');
SELECT right(a, b) FROM VALUES ('AAPL', 2), (NULL, 1), ('IBM', NULL), ('IBM', 0) AS t(a, b);
SELECT right('abc', 'x');
SELECT right(x'010203', 2);
SELECT right('a');
SELECT right(array('a'), 1);
SELECT right(a, b) FROM VALUES (CAST(NULL AS STRING), -3), (CAST(NULL AS STRING), 2), ('abc', CAST(NULL AS INT)), ('abc', 0), ('abc', 9) AS t(a, b);
