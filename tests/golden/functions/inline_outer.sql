SELECT inline_outer(array(struct(1 AS a, 'x' AS b), struct(2, 'y')));
SELECT k, inline_outer(v) FROM VALUES ('p', array(named_struct('a', 1, 'b', 'x'))), ('q', NULL) AS t(k, v);
SELECT k, inline_outer(v) AS (x, y) FROM VALUES ('p', array(named_struct('a', 1, 'b', 'x'), NULL)) AS t(k, v);
SELECT inline_outer(array(1));
SELECT inline_outer(1);
