SELECT inline(array(struct(1 AS a, 'x' AS b), struct(2, 'y')));
SELECT stack(2, 1, 2, 3, 4);
SELECT stack(2, 'a', 1, 'b', 2) AS (k, v);
SELECT inline(1);
SELECT * FROM range(3);
SELECT * FROM range(1, 10, 4);
