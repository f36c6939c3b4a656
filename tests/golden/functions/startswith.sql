SELECT startswith('Spark', 'Sp'), startswith('Spark', ''), startswith('Spark', 'sp'), startswith('', ''), startswith(NULL, 'a'), startswith('a', NULL);
SELECT startswith(a, 'A'), startswith(a, b) FROM VALUES ('AAPL', 'AA'), ('IBM', 'M'), (NULL, 'x'), ('x', NULL) AS t(a, b);
SELECT startswith(x'0102', x'01'), startswith(123, 1);
SELECT startswith('a');
SELECT startswith(array('a'), 'a');
