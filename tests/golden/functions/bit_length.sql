SELECT bit_length('abc'), bit_length('é日'), bit_length(''), bit_length(x'0102'), bit_length(NULL), bit_length(123);
SELECT bit_length(a) FROM VALUES ('ab'), (NULL) AS t(a);
SELECT bit_length(array(1));
SELECT bit_length();
