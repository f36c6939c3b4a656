SELECT replace('ABCabc', 'abc', 'DEF'), replace('aaa', 'a', 'b'), replace('abc', 'b'), replace('abc', '', 'x'), replace('', 'a', 'b'), replace('abc', 'x', 'y'), replace('aaa', 'aa', 'b');
SELECT replace(a, b, c) FROM VALUES ('BRK.B', '.', '-'), (NULL, '.', '-'), ('A.B', NULL, '-'), ('A.B', '.', NULL) AS t(a, b, c);
SELECT replace(123, 2, 9), replace('a\\b', '\\', '/');
SELECT replace('a');
SELECT replace(array(1), 'a', 'b');
