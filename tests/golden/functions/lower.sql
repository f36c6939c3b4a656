SELECT lower(a) FROM VALUES ('AAPL'), ('Straße é'), (''), (NULL), ('  x y ') AS t(a);
SELECT lower('aBc Def'), lower(''), lower(NULL), lower('日本語😀');
SELECT lower(123), lower(1.50), lower(1.5D), lower(true), lower(date'2024-01-01');
SELECT lower(timestamp'2024-01-01 00:00:00');
SELECT lower(array('a'));
SELECT lower();
SELECT lower(1, 2, 3, 4);
SELECT lcase('ABC'), lower('İ'), lower('ΑΣ');
SELECT lower(x'414243');
