SELECT unbase64('U3BhcmsgU1FM'), unbase64(''), unbase64(NULL), cast(unbase64('YWI=') AS STRING), unbase64('YWI');
SELECT unbase64('a!');
SELECT unbase64(a) FROM VALUES ('eA=='), (NULL) AS t(a);
SELECT unbase64(1);
SELECT unbase64();
