SELECT hex(17), hex(-1), hex(0), hex('Spark SQL'), hex(''), hex(x'00ff'), hex(NULL), hex(17L), hex(17.9D), hex('é');
SELECT hex(a), hex(b) FROM VALUES (255, 'a'), (NULL, NULL) AS t(a, b);
SELECT hex(true);
SELECT hex(array(1));
SELECT hex();
