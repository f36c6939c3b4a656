SELECT 'Spark' RLIKE 'S.*', 'Spark' RLIKE '^park', 'Spark' RLIKE 'park', 'Spark' REGEXP 'k$', rlike('a1', '\\d'), regexp_like('a', 'b'), regexp('a', 'a'), 'x' NOT RLIKE 'y';
SELECT NULL RLIKE 'a', 'a' RLIKE NULL;
SELECT a RLIKE '^A+P', a RLIKE b FROM VALUES ('AAPL', 'L$'), ('IBM', '[xyz]'), (NULL, 'a'), ('a', NULL) AS t(a, b);
SELECT 'foobar' RLIKE 'foo(?!baz)', 'abab' RLIKE '(ab)\\1', 'É' RLIKE '\\p{Lu}', 'A' RLIKE '(?i)a', 'a\nb' RLIKE 'a$', '' RLIKE '', 'ab' RLIKE 'a++b';
SELECT 'a' RLIKE '(';
SELECT 1 RLIKE '1';
SELECT array('a') RLIKE 'a';
SELECT rlike('a');
