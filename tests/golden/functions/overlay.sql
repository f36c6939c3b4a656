SELECT overlay('Spark SQL' PLACING '_' FROM 6), overlay('Spark SQL' PLACING 'CORE' FROM 7), overlay('Spark SQL' PLACING 'ANSI ' FROM 7 FOR 0), overlay('Spark SQL', 'tructured', 2, 4), overlay('abc', 'x', 10), overlay('abc', 'x', -1), overlay('abc', 'x', 0), overlay(NULL, 'x', 1), overlay('abc', NULL, 1), overlay(x'010203', x'ff', 2);
SELECT overlay(a, b, c) FROM VALUES ('AAPL', 'x', 2), (NULL, 'x', 1) AS t(a, b, c);
SELECT overlay('a', 'b');
