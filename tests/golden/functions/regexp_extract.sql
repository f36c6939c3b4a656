SELECT regexp_extract('100-200', '(\\d+)-(\\d+)', 1), regexp_extract('100-200', '(\\d+)-(\\d+)', 2), regexp_extract('100-200', '(\\d+)-(\\d+)', 0), regexp_extract('100-200', '(\\d+)-(\\d+)'), regexp_extract('abc', '(\\d+)', 1), regexp_extract('ab', '(a)(x)?', 2);
SELECT regexp_extract(a, '([A-Z]+)\\.?([A-Z])?', 1), regexp_extract(a, '([A-Z]+)\\.?([A-Z])?', 2) FROM VALUES ('BRK.B'), ('IBM'), (NULL), ('') AS t(a);
SELECT regexp_extract(NULL, 'a', 0), regexp_extract('a', NULL, 0), regexp_extract('a', 'a', NULL);
SELECT regexp_extract('abc', '(b)', 2);
SELECT regexp_extract('abc', '(b)', -1);
SELECT regexp_extract('abc', '(', 0);
SELECT regexp_extract('abc');
SELECT regexp_extract('foobar', 'foo(?=bar)', 0), regexp_extract('aa', '(a)\\1', 0);
