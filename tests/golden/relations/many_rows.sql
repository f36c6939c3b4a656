-- case: filter-before-division
SELECT count(*), sum(1000000 div (id - 5)) FROM range(20000000) WHERE id <> 5;
-- case: filter-before-cast
SELECT count(*), sum(cast(s AS INT)) FROM (SELECT if(id % 3 = 0, 'x', cast(id AS STRING)) AS s FROM range(3000000)) WHERE s <> 'x';
-- case: error-late-in-the-input
SELECT sum(1000000 div (id - 2999999)) FROM range(3000000);
-- case: case-guards-division
SELECT sum(CASE WHEN id % 2 = 0 THEN 0 ELSE 10 div (id % 2) END) FROM range(1000000);
-- case: sum-overflow
SELECT sum(id * 100000000) FROM range(1000000);
-- case: group-many
SELECT count(*), sum(n), max(s) FROM (SELECT id % 1000 AS k, count(*) AS n, sum(id) AS s FROM range(1000000) GROUP BY id % 1000);
-- case: join-many
SELECT count(*), sum(a.id + b.id) FROM range(100000) a JOIN range(50000, 200000) b ON a.id = b.id;
-- case: sort-limit-many
-- ordered
SELECT id, id % 7 AS m FROM range(1000000) ORDER BY m DESC, id DESC LIMIT 3;
-- case: window-many
SELECT sum(r), max(l) FROM (SELECT row_number() OVER (PARTITION BY id % 100 ORDER BY id) AS r, lag(id) OVER (PARTITION BY id % 100 ORDER BY id) AS l FROM range(200000));
-- case: distinct-many
SELECT count(DISTINCT id % 12345), approx_count_distinct(id % 10) FROM range(1000000);
