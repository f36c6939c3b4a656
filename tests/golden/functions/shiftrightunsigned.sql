SELECT shiftrightunsigned(2, 1), shiftrightunsigned(-8, 1), shiftrightunsigned(2L, 40), shiftrightunsigned(1, 33), shiftrightunsigned(NULL, 1), shiftrightunsigned(1, NULL), shiftrightunsigned(2Y, 1);
SELECT 2 >>> 1, 2L >>> 3;
SELECT shiftrightunsigned(a, b) FROM VALUES (2, 1), (NULL, 1), (-16, 2) AS t(a, b);
SELECT shiftrightunsigned(2.5, 1);
SELECT shiftrightunsigned(1);
