SELECT sha1('Spark'), sha1(''), sha1(NULL), sha1(x'00ff'), sha1('é');
SELECT sha1(a) FROM VALUES ('x'), (NULL) AS t(a);
SELECT sha1(1);
SELECT sha1();
