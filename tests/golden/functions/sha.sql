SELECT sha('Spark'), sha(''), sha(NULL), sha(x'00ff'), sha('é');
SELECT sha(a) FROM VALUES ('x'), (NULL) AS t(a);
SELECT sha(1);
SELECT sha();
