SELECT bin(13), bin(-13), bin(0), bin(13L), bin(13Y), bin(NULL), bin(13.9D);
SELECT bin(a) FROM VALUES (5), (NULL) AS t(a);
SELECT bin('13');
SELECT bin('x');
SELECT bin(true);
SELECT bin();
