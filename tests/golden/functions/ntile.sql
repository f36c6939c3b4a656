SELECT k, v, ntile(2) OVER (PARTITION BY k ORDER BY v) FROM VALUES ('A', 10), ('A', 10), ('A', 20), ('A', NULL), ('B', 5), ('B', 7) AS t(k, v);
SELECT v, ntile(3) OVER (ORDER BY v), ntile(10) OVER (ORDER BY v), ntile() OVER (ORDER BY v) FROM VALUES (1), (2), (3), (4), (5), (6), (7) AS t(v);
SELECT ntile(0) OVER (ORDER BY v) FROM VALUES (1) AS t(v);
SELECT ntile(-1) OVER (ORDER BY v) FROM VALUES (1) AS t(v);
SELECT ntile(v) OVER (ORDER BY v) FROM VALUES (1) AS t(v);
SELECT ntile('x') OVER (ORDER BY v) FROM VALUES (1) AS t(v);
SELECT ntile(2) OVER () FROM VALUES (1) AS t(v);
SELECT ntile(NULL) OVER (ORDER BY v) FROM VALUES (1) AS t(v);
SELECT ntile(2) FROM VALUES (1) AS t(v);
