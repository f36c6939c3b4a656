SELECT regexp_substr('Steven Jones and Stephen Smith', 'Ste(v|ph)en'), regexp_substr('abc', 'x'), regexp_substr(NULL, 'a'), regexp_substr('a', NULL);
SELECT regexp_substr('a', '(');
