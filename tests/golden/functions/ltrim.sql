SELECT '[' || ltrim('  a b  ') || ']', '[' || ltrim('') || ']', ltrim(NULL), '[' || ltrim('\t a\n') || ']', ltrim('xy', 'xyaxy'), ltrim(12);
SELECT '[' || ltrim(a) || ']' FROM VALUES (' x '), (NULL), ('  ') AS t(a);
SELECT ltrim('x', NULL), ltrim(NULL, 'x');
SELECT ltrim(array('a'));
SELECT ltrim();
SELECT ltrim('a', 'b', 'c');
