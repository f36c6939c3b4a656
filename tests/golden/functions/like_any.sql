-- LIKE ANY and LIKE ALL, and their negations.
SELECT 'AAPL' LIKE ANY ('A%', 'B%'), 'AAPL' LIKE ALL ('A%', '%L'), 'AAPL' LIKE ALL ('A%', 'B%');
SELECT 'AAPL' NOT LIKE ANY ('A%', 'B%'), 'AAPL' NOT LIKE ALL ('B%', 'C%');
SELECT a, a LIKE ANY ('A%', NULL), a LIKE ALL ('A%', NULL) FROM VALUES ('AAPL'), ('MSFT'), (NULL) AS t(a);
SELECT a NOT LIKE ANY ('A%', NULL), a NOT LIKE ALL ('A%', NULL) FROM VALUES ('AAPL'), ('MSFT'), (NULL) AS t(a);
SELECT a FROM VALUES ('a_b'), ('axb') AS t(a) WHERE a LIKE SOME ('a\\_b');
