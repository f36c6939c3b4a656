SELECT stack(2, 1, 2, 3);
SELECT stack(2, 'a', 1, 'b', 2) AS (k, v);
SELECT k, stack(2, 'x', a, 'y', b) AS (n, v) FROM VALUES ('p', 1, 2), ('q', NULL, 4) AS t(k, a, b);
SELECT stack(1, 1, 2.5);
SELECT stack(2, 1, 'x');
SELECT stack(0, 1);
SELECT stack('a', 1);
SELECT stack(1);
