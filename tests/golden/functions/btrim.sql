SELECT '[' || btrim('  a b  ') || ']', '[' || btrim('') || ']', btrim(NULL), '[' || btrim('\t a\n') || ']', btrim('xyaxy', 'xy'), btrim(12);
SELECT '[' || btrim(a) || ']' FROM VALUES (' x '), (NULL), ('  ') AS t(a);
SELECT btrim('x', NULL), btrim(NULL, 'x');
SELECT btrim(array('a'));
SELECT btrim();
SELECT btrim('a', 'b', 'c');
