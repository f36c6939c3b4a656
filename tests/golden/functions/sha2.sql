SELECT sha2('Spark', 256), sha2('Spark', 0), sha2('Spark', 224), sha2('Spark', 384), sha2('Spark', 512), sha2('Spark', 100), sha2(NULL, 256), sha2('a', NULL);
SELECT sha2(a, 256), sha2(a, b) FROM VALUES ('AAPL', 256), (NULL, 256), ('IBM', NULL), ('IBM', 7) AS t(a, b);
SELECT sha2(123, 256);
SELECT sha2('a');
SELECT sha2('a', 'x');
SELECT sha2(array(1), 256);
