SELECT base64('Spark SQL'), base64(''), base64(x'00ff'), base64(NULL), base64('é');
SELECT base64(repeat('a', 60));
SELECT base64(a) FROM VALUES ('x'), (NULL) AS t(a);
SELECT base64(1);
SELECT base64();
