SELECT shiftleft(2, 1), shiftleft(-8, 1), shiftleft(2L, 40), shiftleft(1, 33), shiftleft(NULL, 1), shiftleft(1, NULL), shiftleft(2Y, 1);
SELECT 2 << 1, 2L << 3;
SELECT shiftleft(a, b) FROM VALUES (2, 1), (NULL, 1), (-16, 2) AS t(a, b);
SELECT shiftleft(2.5, 1);
SELECT shiftleft(1);
