SELECT inline(array(struct(1 AS a, 'x' AS b), struct(2, 'y')));
SELECT inline(1);
SELECT inline(a) FROM VALUES (array(named_struct('x', 1, 'y', 'p'), named_struct('x', 2, 'y', NULL))) AS t(a);
