-- regexp_like(text, pattern): whether a Java regular expression is found in the text.
SELECT regexp_like('AAPL', 'A+P'), regexp_like('AAPL', '^P'), regexp_like('', ''), regexp_like('a\nb', 'a.b');
SELECT a, regexp_like(a, '^[A-Z]{1,5}$') FROM VALUES ('AAPL'), ('brk.b'), (NULL) AS t(a);
SELECT regexp_like(NULL, 'a'), regexp_like('a', NULL);
SELECT regexp_like('foobar', 'foo(?=bar)'), regexp_like('aa', '(a)\\1');
SELECT regexp_like('a', '(');
SELECT regexp_like(1, '1');
SELECT regexp_like('a');
