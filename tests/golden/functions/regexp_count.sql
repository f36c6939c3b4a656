SELECT regexp_count('Steven Jones and Stephen Smith', 'Ste(v|ph)en'), regexp_count('abc', 'x'), regexp_count('aaa', 'a'), regexp_count('', ''), regexp_count(NULL, 'a'), regexp_count('a', NULL);
SELECT regexp_count(a, '[A-Z]') FROM VALUES ('AbC'), (NULL) AS t(a);
SELECT regexp_count('a', '(');
