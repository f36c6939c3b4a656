SELECT a, grouping(a), sum(b) FROM VALUES ('x', 1), ('y', 2), (NULL, 4) AS t(a, b) GROUP BY CUBE (a);
SELECT a, b, grouping(a), grouping(b), count(*) FROM VALUES ('x', 1), ('x', 2), ('y', 1) AS t(a, b) GROUP BY ROLLUP (a, b);
SELECT a, grouping(a) + grouping(b) AS g FROM VALUES ('x', 1), ('y', 1) AS t(a, b) GROUP BY GROUPING SETS ((a), (b), ());
SELECT a, count(*) FROM VALUES ('x', 1), ('y', 1) AS t(a, b) GROUP BY CUBE (a, b) HAVING grouping(b) = 1;
SELECT grouping(a) FROM VALUES ('x') AS t(a) GROUP BY a;
SELECT grouping(a) FROM VALUES ('x') AS t(a);
SELECT a, grouping(c) FROM VALUES ('x', 1, 2) AS t(a, b, c) GROUP BY CUBE (a, b);
SELECT grouping() FROM VALUES ('x') AS t(a) GROUP BY CUBE (a);
