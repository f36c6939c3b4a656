SELECT a, b, grouping_id(), sum(c) FROM VALUES ('x', 1, 10), ('x', 2, 20), ('y', 1, 30) AS t(a, b, c) GROUP BY CUBE (a, b);
SELECT a, b, grouping_id(a, b), count(*) FROM VALUES ('x', 1), ('y', 2) AS t(a, b) GROUP BY ROLLUP (a, b);
SELECT a, b, grouping_id() FROM VALUES ('x', 1), ('y', 2) AS t(a, b) GROUP BY GROUPING SETS ((a, b), (b), ());
SELECT a, b, grouping_id(b, a) FROM VALUES ('x', 1) AS t(a, b) GROUP BY CUBE (a, b);
SELECT a, grouping_id(a) FROM VALUES ('x', 1) AS t(a, b) GROUP BY a;
SELECT grouping_id() FROM VALUES ('x') AS t(a);
