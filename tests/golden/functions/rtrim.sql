SELECT '[' || rtrim('  a b  ') || ']', '[' || rtrim('') || ']', rtrim(NULL), '[' || rtrim('\t a\n') || ']', rtrim('xy', 'xyaxy'), rtrim(12);
SELECT '[' || rtrim(a) || ']' FROM VALUES (' x '), (NULL), ('  ') AS t(a);
SELECT rtrim('x', NULL), rtrim(NULL, 'x');
SELECT rtrim(array('a'));
SELECT rtrim();
SELECT rtrim('a', 'b', 'c');
