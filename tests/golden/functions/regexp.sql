-- regexp(text, pattern): whether a Java regular expression is found in the text.
SELECT regexp('AAPL', 'A+P'), regexp('AAPL', '^P'), regexp('', ''), regexp('a\nb', 'a.b');
SELECT a, regexp(a, '^[A-Z]{1,5}$') FROM VALUES ('AAPL'), ('brk.b'), (NULL) AS t(a);
SELECT regexp(NULL, 'a'), regexp('a', NULL);
SELECT regexp('foobar', 'foo(?=bar)'), regexp('aa', '(a)\\1');
SELECT regexp('a', '(');
SELECT regexp(1, '1');
SELECT regexp('a');
