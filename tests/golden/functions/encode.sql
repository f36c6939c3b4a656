SELECT encode('abc', 'UTF-8'), encode('é', 'ISO-8859-1'), encode('é', 'UTF-16'), encode('é', 'UTF-16BE'), encode('a', 'US-ASCII'), encode(NULL, 'UTF-8'), encode('a', NULL), encode('a', 'utf-8');
SELECT encode('é', 'US-ASCII');
SELECT encode('a', 'windows-1252');
SELECT encode(a, 'UTF-8') FROM VALUES ('x'), (NULL) AS t(a);
SELECT encode('a');
