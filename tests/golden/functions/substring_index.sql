SELECT substring_index('www.apache.org', '.', 2), substring_index('www.apache.org', '.', -2), substring_index('www.apache.org', '.', 0), substring_index('www.apache.org', '.', 10), substring_index('www.apache.org', 'x', 1), substring_index('', '.', 1), substring_index('a.b', '', 1), substring_index(NULL, '.', 1), substring_index('a', NULL, 1), substring_index('a', '.', NULL), substring_index('日本語本', '本', 1);
SELECT substring_index(a, '.', 1) FROM VALUES ('BRK.B'), ('IBM'), (NULL) AS t(a);
SELECT substring_index('a.b', '.', '1');
SELECT substring_index('a', '.');
