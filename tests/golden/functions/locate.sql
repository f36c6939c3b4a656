SELECT locate('bar', 'foobarbar'), locate('bar', 'foobarbar', 5), locate('x', 'abc'), locate('', 'abc'), locate('a', 'abc', 0), locate('a', 'abc', -1), locate('', 'abc', 5), position('bar', 'foobarbar'), position('b' IN 'abc');
SELECT locate(a, b, c) FROM VALUES ('A', 'AAPL', 2), (NULL, 'AAPL', 1), ('A', NULL, 1), ('A', 'AAPL', NULL) AS t(a, b, c);
SELECT locate(3, 12345);
SELECT locate('a');
SELECT locate('a', 'b', 'c');
SELECT locate(a, b, c) FROM VALUES (CAST(NULL AS STRING), 'abc', CAST(NULL AS INT)), ('b', 'abc', 1), ('b', 'abc', CAST(NULL AS INT)), ('b', CAST(NULL AS STRING), 1), ('', 'abc', 2) AS t(a, b, c);
