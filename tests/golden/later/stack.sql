SELECT stack(2, 1, 2, 3, 4);
SELECT stack(2, 'a', 1, 'b', 2) AS (k, v);
