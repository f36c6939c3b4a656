SELECT size(array(1, 2)), size(array()), size(map('a', 1)), size(NULL), size(CAST(NULL AS ARRAY<INT>)), cardinality(array(1));
SELECT size(a) FROM VALUES (array(1, 2)), (NULL), (array()) AS t(a);
SELECT size('abc');
SELECT size(1);
SELECT size();
