SELECT unhex('537061726B'), unhex('0'), unhex(''), unhex('zz'), unhex(NULL), unhex('1f'), unhex(61);
SELECT unhex(a) FROM VALUES ('61'), (NULL), ('x') AS t(a);
SELECT unhex(array('61'));
SELECT unhex();
