SELECT inline(array(struct(1 AS a, 'x' AS b), struct(2, 'y')));
SELECT k, inline(v) FROM VALUES ('p', array(named_struct('a', 1, 'b', 'x'))), ('q', NULL) AS t(k, v);
SELECT k, inline(v) AS (x, y) FROM VALUES ('p', array(named_struct('a', 1, 'b', 'x'), NULL)) AS t(k, v);
SELECT inline(array(1));
SELECT inline(1);
