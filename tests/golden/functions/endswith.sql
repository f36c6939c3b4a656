SELECT endswith('Spark', 'rk'), endswith('Spark', ''), endswith('Spark', 'RK'), endswith('', ''), endswith(NULL, 'a'), endswith('a', NULL);
SELECT endswith(a, 'L'), endswith(a, b) FROM VALUES ('AAPL', 'PL'), ('IBM', 'I'), (NULL, 'x'), ('x', NULL) AS t(a, b);
SELECT endswith(x'0102', x'02'), endswith(123, 3);
SELECT endswith('a');
SELECT endswith(array('a'), 'a');
