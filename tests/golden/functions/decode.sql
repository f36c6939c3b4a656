SELECT decode(x'616263', 'UTF-8'), decode(x'e9', 'ISO-8859-1'), decode(NULL, 'UTF-8'), decode(encode('é', 'UTF-16'), 'UTF-16'), decode('abc', 'UTF-8');
SELECT decode(2, 1, 'one', 2, 'two', 'other'), decode(3, 1, 'one', 2, 'two', 'other'), decode(3, 1, 'one'), decode(NULL, 1, 'one', NULL, 'null');
SELECT decode(x'ff', 'UTF-8');
SELECT decode(x'61', 'windows-1252');
SELECT decode(a, 1, 'x', 'y') FROM VALUES (1), (2), (NULL) AS t(a);
SELECT decode('a');
