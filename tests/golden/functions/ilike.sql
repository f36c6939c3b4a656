SELECT 'Spark' ILIKE 's%', 'SPARK' ILIKE '_park', 'Spark' ILIKE 'x', 'É' ILIKE 'é', 'a%b' ILIKE 'A\\%B', NULL ILIKE 'a', 'a' ILIKE NULL, 'x' NOT ILIKE 'X';
SELECT a ILIKE 'a%', a ILIKE '%L' FROM VALUES ('AAPL'), ('aapl'), (NULL) AS t(a);
SELECT 'abc' ILIKE ANY ('A%', 'x'), 'abc' ILIKE ALL ('A%', '%C'), ilike('Spark', '_PARK');
SELECT 'a%b' ILIKE 'A#%B' ESCAPE '#';
SELECT 1 ILIKE '1';
SELECT 'a' ILIKE 'a\\';
SELECT array('a') ILIKE 'a';
