SELECT md5('Spark'), md5(''), md5(NULL), md5(x'00ff'), md5('é');
SELECT md5(a) FROM VALUES ('AAPL'), (NULL) AS t(a);
SELECT md5(123);
SELECT md5(array(1));
SELECT md5();
