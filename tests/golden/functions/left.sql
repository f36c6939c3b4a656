SELECT left('Spark SQL', 3), left('Spark', 0), left('Spark', -1), left('Spark', 10), left('', 2), left('日本語', 2), left(NULL, 1), left('a', NULL), left(12345, 2), left('abc', '2');
SELECT left(a, b) FROM VALUES ('AAPL', 2), (NULL, 1), ('IBM', NULL), ('IBM', 0) AS t(a, b);
SELECT left('abc', 'x');
SELECT left(x'010203', 2);
SELECT left('a');
SELECT left(array('a'), 1);
