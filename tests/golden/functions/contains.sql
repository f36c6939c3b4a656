SELECT contains('Spark', 'par'), contains('Spark', ''), contains('Spark', 'PAR'), contains('', ''), contains(NULL, 'a'), contains('a', NULL);
SELECT contains(a, 'P'), contains(a, b) FROM VALUES ('AAPL', 'AP'), ('IBM', 'x'), (NULL, 'x'), ('x', NULL) AS t(a, b);
SELECT contains(x'0102', x'01'), contains(123, 2);
SELECT contains('a');
SELECT contains(array('a'), 'a');
