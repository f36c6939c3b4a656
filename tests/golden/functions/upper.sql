SELECT upper(a) FROM VALUES ('AAPL'), ('Straße é'), (''), (NULL), ('  x y ') AS t(a);
SELECT upper('aBc Def'), upper(''), upper(NULL), upper('日本語😀');
SELECT upper(123), upper(1.50), upper(1.5D), upper(true), upper(date'2024-01-01');
SELECT upper(timestamp'2024-01-01 00:00:00');
SELECT upper(array('a'));
SELECT upper();
SELECT upper(1, 2, 3, 4);
SELECT ucase('abc'), upper('ß'), upper('ﬁ'), upper('ı');
SELECT upper(x'616263');
