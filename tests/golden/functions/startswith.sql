SELECT startswith('Spark', 'Sp'), endswith('Spark', 'rk'), contains('Spark', 'ar'), startswith('Spark', ''), contains('a', NULL), startswith(NULL, 'a');
SELECT startswith(a, 'A'), endswith(a, 'L'), contains(a, 'AP') FROM VALUES ('AAPL'), ('IBM'), (NULL) AS t(a);
SELECT startswith(x'0102', x'01'), contains(123, 2);
SELECT startswith('a');
