SELECT regexp_extract_all('100-200, 300-400', '(\\d+)-(\\d+)', 1), regexp_extract_all('100-200, 300-400', '(\\d+)-(\\d+)'), regexp_extract_all('100-200', '(\\d+)-(\\d+)', 0), regexp_extract_all('abc', '(x)', 1), regexp_extract_all(NULL, 'a', 0), regexp_extract_all('ab', '(a)|(b)', 2);
SELECT regexp_extract_all('a', '(a)', 2);
SELECT regexp_extract_all('a', '(', 0);
SELECT regexp_extract_all(a, '[0-9]', 0) FROM VALUES ('a1b2'), (NULL) AS t(a);
