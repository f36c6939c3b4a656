SELECT regexp_replace('100-200', '(\\d+)', 'num'), regexp_replace('abc', '[ac]', 'x'), regexp_replace('abc', '', '-'), regexp_replace('John Smith', '(\\w+) (\\w+)', '$2 $1'), regexp_replace('abcabc', 'b', 'X', 3), regexp_replace('aaa', 'a{2}', 'b'), regexp_replace('abc', '(?i)B', '_');
SELECT regexp_replace(a, b, c) FROM VALUES ('BRK.B', '\\.', '-'), (NULL, 'a', 'b'), ('a', NULL, 'b'), ('a', 'a', NULL), ('x1y22', '[0-9]+', '#') AS t(a, b, c);
SELECT regexp_replace('foobar', 'o(?=b)', '0'), regexp_replace('aabb', '(a)\\1', 'x'), regexp_replace('é日', '\\p{L}', 'L'), regexp_replace('a.b', '.', 'x'), regexp_replace('a\nb', 'a.b', 'x'), regexp_replace('price', 'price', '\\$5');
SELECT regexp_replace('abc', 'b', '$1');
SELECT regexp_replace('abc', '[', 'x');
SELECT regexp_replace('abc', 'b', 'x', 0);
SELECT regexp_replace('abc', 'b', 'x', 10), regexp_replace(123, '2', 9);
SELECT regexp_replace('abc', 'b');
SELECT regexp_replace(r'a\b', r'\\', '/');
