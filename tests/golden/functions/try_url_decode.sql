-- try_url_decode(text): url_decode, null where the text is malformed.
SELECT try_url_decode('https%3A%2F%2Fx.org%2F%3Fa%3D1'), try_url_decode('a+b'), try_url_decode('');
SELECT try_url_decode('%zz'), try_url_decode('%4'), try_url_decode(NULL);
SELECT a, try_url_decode(a) FROM VALUES ('%41'), ('%'), (NULL) AS t(a);
SELECT try_url_decode(1);
