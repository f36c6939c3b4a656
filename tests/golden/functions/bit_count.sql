SELECT bit_count(0), bit_count(7), bit_count(-1), bit_count(7L), bit_count(-1Y), bit_count(true), bit_count(NULL);
SELECT bit_count(a) FROM VALUES (255), (NULL) AS t(a);
SELECT bit_count('7');
SELECT bit_count(1.5);
SELECT bit_count();
