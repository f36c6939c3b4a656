SELECT chr(65), chr(256), chr(-1), char(97), chr(0) = '\0', chr(NULL), chr(65L), chr(353), chr(233);
SELECT chr(a) FROM VALUES (66), (NULL) AS t(a);
SELECT chr('65');
SELECT chr('x');
SELECT chr();
