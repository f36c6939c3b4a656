SELECT octet_length('abc'), octet_length('é日'), octet_length(''), octet_length(x'0102'), octet_length(NULL), octet_length(123);
SELECT octet_length(a) FROM VALUES ('ab'), (NULL) AS t(a);
SELECT octet_length(array(1));
SELECT octet_length();
