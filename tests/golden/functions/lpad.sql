SELECT lpad('hi', 5, 'ab'), lpad('hi', 1, 'ab'), lpad('hi', 5), lpad('', 3, 'x'), lpad('hi', 0, 'x'), lpad('hi', -1, 'x'), lpad('hi', 5, '');
SELECT lpad(NULL, 5, 'x'), lpad('hi', NULL, 'x'), lpad('hi', 5, NULL);
SELECT lpad(a, b, c) FROM VALUES ('AAPL', 6, '*'), ('日本', 5, '語'), (NULL, 3, '-'), ('IBM', NULL, '-') AS t(a, b, c);
SELECT lpad(ticker, 6), lpad(ticker, 6, '.') FROM VALUES ('AAPL'), ('IBM'), (NULL) AS t(ticker);
SELECT lpad(12, 5, 0), lpad(1.5, 6, 'x'), lpad('a', '3', 'x');
SELECT lpad(x'01', 3), lpad(x'01', 3, x'0a');
SELECT lpad('a', 'x', 'y');
SELECT lpad('hi');
SELECT lpad(array(1), 3);
