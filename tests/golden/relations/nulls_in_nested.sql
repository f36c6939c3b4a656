SELECT s, s.a, s.b, s.b.c, s IS NULL, s.b IS NULL FROM VALUES (1, named_struct('a', 1, 'b', named_struct('c', 2))), (2, named_struct('a', NULL, 'b', NULL)), (3, NULL) AS t(k, s);
SELECT a, a[0], size(a), a[0].x FROM VALUES (1, array(named_struct('x', 1))), (2, array(NULL)), (3, NULL) AS t(k, a);
SELECT m, m['a'], m['z'], map_keys(m) FROM VALUES (1, map('a', 1)), (2, map('a', NULL)), (3, NULL) AS t(k, m);
SELECT k, count(s), count(s.a), max(s.a), collect_list(s) FROM VALUES (1, named_struct('a', 1)), (1, named_struct('a', NULL)), (1, NULL) AS t(k, s) GROUP BY k;
SELECT k FROM VALUES (1, named_struct('a', 1)), (2, named_struct('a', NULL)), (3, NULL) AS t(k, s) WHERE s.a IS NULL;
SELECT a.k, b.k FROM VALUES (1, named_struct('a', 1)), (2, NULL) AS a(k, s) JOIN VALUES (1, named_struct('a', 1)), (2, NULL) AS b(k, s) ON a.s = b.s;
SELECT a.k, b.k FROM VALUES (1, named_struct('a', 1)), (2, NULL) AS a(k, s) JOIN VALUES (1, named_struct('a', 1)), (2, NULL) AS b(k, s) ON a.s <=> b.s;
SELECT DISTINCT s FROM VALUES (1, named_struct('a', NULL)), (2, named_struct('a', NULL)), (3, NULL), (4, NULL) AS t(k, s);
-- ordered
SELECT k FROM VALUES (1, named_struct('a', 1)), (2, named_struct('a', NULL)), (3, NULL), (4, named_struct('a', 0)) AS t(k, s) ORDER BY s;
-- ordered
SELECT k FROM VALUES (1, array(1)), (2, array(NULL)), (3, NULL), (4, array()), (5, array(1, 0)) AS t(k, a) ORDER BY a DESC;
SELECT coalesce(s.a, -1), coalesce(s, named_struct('a', 0)), nvl(s.a, 9), if(s IS NULL, 'none', 'some') FROM VALUES (1, named_struct('a', 1)), (2, NULL) AS t(k, s);
SELECT explode(a) FROM VALUES (1, array(named_struct('x', 1), NULL)), (2, NULL) AS t(k, a);
SELECT l.k, r.s, r.s.a FROM VALUES (1), (2) AS l(k) LEFT JOIN VALUES (1, named_struct('a', 1)) AS r(k, s) ON l.k = r.k;
SELECT isnan(d), d = d, d > 1, d <=> NULL FROM VALUES (1, cast('NaN' AS DOUBLE)), (2, NULL), (3, 1D) AS t(k, d);
SELECT count(*), count(DISTINCT d), min(d), max(d), sum(d) FROM VALUES (0.0D), (-0.0D), (NULL), (cast('NaN' AS DOUBLE)) AS t(d);
