SELECT soundex('Miller'), soundex('Robert'), soundex('Rupert'), soundex(''), soundex('1x'), soundex('é'), soundex(NULL), soundex('Tymczak'), soundex('Pfister');
SELECT soundex(a) FROM VALUES ('Apple'), (NULL) AS t(a);
SELECT soundex();
