SELECT initcap(a) FROM VALUES ('AAPL'), ('Straße é'), (''), (NULL), ('  x y ') AS t(a);
SELECT initcap('aBc Def'), initcap(''), initcap(NULL), initcap('日本語😀');
SELECT initcap(123), initcap(1.50), initcap(1.5D), initcap(true), initcap(date'2024-01-01');
SELECT initcap(timestamp'2024-01-01 00:00:00');
SELECT initcap(array('a'));
SELECT initcap();
SELECT initcap(1, 2, 3, 4);
SELECT initcap('hello wORLD'), initcap('a-b c_d e.f'), initcap('  two  spaces'), initcap('o\'neil'), initcap('x\ty');
