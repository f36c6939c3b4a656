-- tree
SELECT 1 AS i, 1Y AS b, 1S AS s, 1L AS l, 1.5F AS f, 1.5D AS d, 1.50 AS dec, 'x' AS str, x'01' AS bin, true AS bool, date'2024-01-01' AS dt, timestamp'2024-01-01 00:00:00' AS ts, timestamp_ntz'2024-01-01 00:00:00' AS ntz, NULL AS n, interval '1' month AS ym, interval '1' day AS dtv;
-- tree
SELECT array(1, NULL) AS a, array(array(1)) AS aa, map('k', 1) AS m, map('k', struct(1 AS x, array('q') AS y)) AS ms, named_struct('p', 1, 'q', named_struct('r', 'x')) AS st, array(named_struct('z', 1)) AS az;
-- tree
SELECT a, b FROM VALUES (1, 'x'), (NULL, NULL) AS t(a, b);
-- tree
SELECT 1 AS `a b`, 2 AS `x.y`, 3 AS a, 4 AS a;
-- tree
SELECT count(*), sum(a), avg(a) FROM VALUES (1) AS t(a);
