SELECT length(a) FROM VALUES ('AAPL'), ('Straße é'), (''), (NULL), ('  x y ') AS t(a);
SELECT length('aBc Def'), length(''), length(NULL), length('日本語😀');
SELECT length(123), length(1.50), length(1.5D), length(true), length(date'2024-01-01');
SELECT length(timestamp'2024-01-01 00:00:00');
SELECT length(array('a'));
SELECT length();
SELECT length(1, 2, 3, 4);
SELECT length(x'0102'), char_length('abc'), character_length('abc'), len('abc'), length('a ');
SELECT length(a), length(b) FROM VALUES ('abc', x'01'), (NULL, NULL) AS t(a, b);
