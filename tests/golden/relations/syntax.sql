SELECT 1 /* inner */ + /* two /* nested */ comments */ 2 -- the end
;
SELECT
  a,
  b -- a comment; with a semicolon
FROM
  VALUES (1, 2) AS t(a, b)
WHERE a = 1
;
SELECT `a b`, `c.d`, `e``f` FROM (SELECT 1 AS `a b`, 2 AS `c.d`, 3 AS `e``f`);
SELECT a.`b c`.d FROM (SELECT named_struct('b c', named_struct('d', 1)) AS a);
SELECT 1 AS date, 2 AS timestamp, 3 AS user, 4 AS year, 5 AS values, 6 AS interval;
SELECT date, year FROM VALUES (1, 2) AS t(date, year);
SELECT 1 a, 2 AS b, 3 `c d`;
SELECT t.* FROM VALUES (1, 2) t(a, b);
SELECT t.a, u.a FROM VALUES (1) t(a), VALUES (2) u(a);
SELECT (SELECT max(a) FROM VALUES (1), (5) AS t(a)) + 1;
SELECT ((1)), (((2 + 3)) * 4), -(-(1)), - - 1, NOT NOT true;
SELECT 2 + 3 * 4 - 6 / 2, 7 % 4 * 2, 1 + 2 || 'x', 1 < 2 AND 3 > 2 OR false, NOT 1 = 2, 5 & 3 | 8 ^ 1, 1 << 2 + 1;
SELECT a BETWEEN 1 AND 3 AND b IN (1, 2) OR c IS NOT NULL FROM VALUES (1, 2, NULL) AS t(a, b, c);
SELECT CASE a WHEN 1 THEN 'one' WHEN 2 THEN CASE WHEN b THEN 'x' ELSE 'y' END END FROM VALUES (1, true), (2, false), (2, true) AS t(a, b);
SELECT * FROM VALUES (1), (2), (3) AS t(a) LIMIT ALL;
SELECT * FROM VALUES (3), (1), (2) AS t(a) ORDER BY a LIMIT 1 + 1;
SELECT * FROM VALUES (1, 2) AS t(a, b) WHERE (a, b) = (1, 2);
SELECT count(*) FROM range(100) TABLESAMPLE (100 PERCENT);
SELECT count(*) FROM VALUES (1), (2), (3) AS t(a) TABLESAMPLE (2 ROWS);
SELECT a, sum(b) FROM VALUES (1, 2), (1, 3) AS t(a, b) GROUP BY t.a;
SELECT a AS x, sum(b) AS y FROM VALUES (1, 2), (1, 3) AS t(a, b) GROUP BY x HAVING y > 1 ORDER BY y;
SELECT 1 AS a, a + 1 AS b, b * 2 AS c;
SELECT a + 1 AS a, a AS b FROM VALUES (1) AS t(a);
SELECT * EXCEPT (b) FROM VALUES (1, 2, 3) AS t(a, b, c);
SELECT t.* EXCEPT (a), 9 AS z FROM VALUES (1, 2, 3) AS t(a, b, c);
SELECT * EXCEPT (nope) FROM VALUES (1) AS t(a);
SELECT struct(*), array(*) FROM VALUES (1, 2) AS t(a, b);
SELECT count(DISTINCT a, b), count(ALL a) FROM VALUES (1, 2) AS t(a, b);
SELECT 'a' LIKE 'A' OR 'a' RLIKE '^a', 'x' NOT IN ('y'), 1 IS DISTINCT FROM 2, NULL IS NOT DISTINCT FROM NULL;
SELECT int('5') + 1, string(5), double('1.5'), date('2024-01-01'), 5::string, '5'::int + 1, a::double FROM VALUES (1) AS t(a);
SELECT /*+ BROADCAST(t), REPARTITION(3) */ a FROM VALUES (1) AS t(a);
SELECT /*+ NOSUCHHINT(x) */ a FROM VALUES (1) AS t(a);
SELECT a FROM (VALUES (1), (2)) AS t(a);
(SELECT 1 AS a) UNION (SELECT 2 AS a);
VALUES (1, 'x');
SELECT timestamp, value FROM VALUES (timestamp'2024-01-01 00:00:00', 1) AS t(timestamp, value) WHERE timestamp > '2023-01-01';
SELECT "double quoted", 'single', "it's", 'say "x"', "a""b", 'a''b';
SELECT 'line one
line two';
SELECT -1, - 1, +1, 1-1, 1 - -1, 2*-3, -2.5e-3, 1.e2, .5;
SELECT 1=1, 1==1, 1<>2, 1!=2, 1<=>NULL, 1>=1, NOT(1=2), !true;
SELECT a[0], a[1 - 1], b['k'], b.k, c.x.y FROM (SELECT array(1) AS a, map('k', 2) AS b, named_struct('x', named_struct('y', 3)) AS c);
SELECT stack(2, 1, 2) AS (v);
SELECT sum(a) FILTER (WHERE a > 1), count(*) FILTER (WHERE a IS NULL) FROM VALUES (1), (2), (NULL) AS t(a);
SELECT extract(year FROM date'2024-01-01'), trim(BOTH ' ' FROM ' a '), substring('abc' FROM 2 FOR 1), position('b' IN 'abc'), overlay('abc' PLACING 'x' FROM 2);
SELECT DISTINCT ON (a) a FROM VALUES (1) AS t(a);
SELECT TOP 1 a FROM VALUES (1) AS t(a);
SELECT a FROM VALUES (1) AS t(a) QUALIFY row_number() OVER (ORDER BY a) = 1;
SELECT a FROM VALUES (1), (2) AS t(a) FETCH FIRST 1 ROW ONLY;
SELECT a ILIKE 'x', a FROM VALUES ('X') AS t(a) WHERE a NOT LIKE 'y%' ESCAPE '#';
