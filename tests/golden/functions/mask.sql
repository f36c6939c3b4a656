SELECT mask('AbCD123-@$#'), mask('AbCD123-@$#', 'Q'), mask('AbCD123-@$#', 'Q', 'q'), mask('AbCD123-@$#', 'Q', 'q', 'd'), mask('AbCD123-@$#', 'Q', 'q', 'd', 'o'), mask('AbC', NULL), mask(NULL), mask('AbC', upperChar => 'U');
SELECT mask(a) FROM VALUES ('Ab1'), (NULL) AS t(a);
SELECT mask('a', 'xx');
SELECT mask(1);
SELECT mask();
