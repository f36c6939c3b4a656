SELECT rpad('hi', 5, 'ab'), rpad('hi', 1, 'ab'), rpad('hi', 5), rpad('', 3, 'x'), rpad('hi', 0, 'x'), rpad('hi', -1, 'x'), rpad('hi', 5, '');
SELECT rpad(NULL, 5, 'x'), rpad('hi', NULL, 'x'), rpad('hi', 5, NULL);
SELECT rpad(a, b, c) FROM VALUES ('AAPL', 6, '*'), ('日本', 5, '語'), (NULL, 3, '-'), ('IBM', NULL, '-') AS t(a, b, c);
SELECT rpad(ticker, 6), rpad(ticker, 6, '.') FROM VALUES ('AAPL'), ('IBM'), (NULL) AS t(ticker);
SELECT rpad(12, 5, 0), rpad(1.5, 6, 'x'), rpad('a', '3', 'x');
SELECT rpad(x'01', 3), rpad(x'01', 3, x'0a');
SELECT rpad('a', 'x', 'y');
SELECT rpad('hi');
SELECT rpad(array(1), 3);
