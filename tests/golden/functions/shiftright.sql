SELECT shiftright(2, 1), shiftright(-8, 1), shiftright(2L, 40), shiftright(1, 33), shiftright(NULL, 1), shiftright(1, NULL), shiftright(2Y, 1);
SELECT 2 >> 1, 2L >> 3;
SELECT shiftright(a, b) FROM VALUES (2, 1), (NULL, 1), (-16, 2) AS t(a, b);
SELECT shiftright(2.5, 1);
SELECT shiftright(1);
