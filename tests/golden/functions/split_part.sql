SELECT split_part('11.12.13', '.', 3), split_part('11.12.13', '.', 1), split_part('11.12.13', '.', -1), split_part('11.12.13', '.', 5), split_part('abc', '.', 1), split_part('a.b', '', 1), split_part('', '.', 1), split_part(NULL, '.', 1), split_part('a', NULL, 1), split_part('a', '.', NULL), split_part('a||b', '||', 2);
SELECT split_part(a, '-', 1), split_part(a, b, 2) FROM VALUES ('BRK-B', '-'), (NULL, '-'), ('IBM', '-') AS t(a, b);
SELECT split_part('a.b', '.', 0);
SELECT split_part(a, '.', b) FROM VALUES ('a.b', 0) AS t(a, b);
SELECT split_part('a', '.');
SELECT split_part('a', '.', 'x');
