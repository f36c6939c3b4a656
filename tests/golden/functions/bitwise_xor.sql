SELECT 6 ^ 3, 6Y ^ 3Y, 6S ^ 3, 6L ^ 3, -1 ^ 5;
SELECT NULL ^ 3, 3 ^ NULL;
SELECT NULL ^ NULL;
SELECT a ^ b, a ^ 1 FROM VALUES (6, 3), (NULL, 1), (-8, 7) AS t(a, b);
SELECT 6 ^ 3.0;
SELECT 6D ^ 3;
SELECT '6' ^ 3;
SELECT true ^ false;
SELECT x'01' ^ x'03';
