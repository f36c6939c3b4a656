SELECT NOT true, NOT false, NOT NULL, ! true;
SELECT NOT a, NOT (a AND b), NOT (a = b), NOT a IS NULL FROM VALUES (true, false), (NULL, true), (false, NULL) AS t(a, b);
SELECT NOT 1 = 2, NOT 1 < 2, NOT (1 <=> NULL), NOT 1 IN (1, 2), NOT 'a' LIKE 'a%', NOT 1 BETWEEN 0 AND 2;
SELECT NOT 1;
SELECT NOT 'true';
SELECT NOT 'x';
SELECT not(a) FROM VALUES (1) AS t(a);
