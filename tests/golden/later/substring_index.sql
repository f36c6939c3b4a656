SELECT substring_index('www.apache.org', '.', 2), substring_index('www.apache.org', '.', -2), substring_index('a.b', '.', 0), substring_index('abc', '.', 1), substring_index('a.b', '', 1), substring_index(NULL, '.', 1);
SELECT substring_index(a, '-', 1) FROM VALUES ('BRK-B'), ('IBM'), (NULL) AS t(a);
