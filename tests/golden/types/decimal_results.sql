-- case: 1-0-with-1-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(1, 0)), cast(3 AS DECIMAL(1, 0))) AS t(a, b);
-- case: 1-0-with-5-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(1, 0)), cast(3 AS DECIMAL(5, 2))) AS t(a, b);
-- case: 1-0-with-10-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(1, 0)), cast(3 AS DECIMAL(10, 2))) AS t(a, b);
-- case: 1-0-with-10-10
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(1, 0)), cast(0.5 AS DECIMAL(10, 10))) AS t(a, b);
-- case: 1-0-with-18-4
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(1, 0)), cast(3 AS DECIMAL(18, 4))) AS t(a, b);
-- case: 1-0-with-20-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(1, 0)), cast(3 AS DECIMAL(20, 0))) AS t(a, b);
-- case: 1-0-with-28-9
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(1, 0)), cast(3 AS DECIMAL(28, 9))) AS t(a, b);
-- case: 1-0-with-38-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(1, 0)), cast(3 AS DECIMAL(38, 0))) AS t(a, b);
-- case: 1-0-with-38-6
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(1, 0)), cast(3 AS DECIMAL(38, 6))) AS t(a, b);
-- case: 1-0-with-38-18
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(1, 0)), cast(3 AS DECIMAL(38, 18))) AS t(a, b);
-- case: 1-0-with-38-38
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(1, 0)), cast(0.5 AS DECIMAL(38, 38))) AS t(a, b);
-- case: 5-2-with-1-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(5, 2)), cast(3 AS DECIMAL(1, 0))) AS t(a, b);
-- case: 5-2-with-5-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(5, 2)), cast(3 AS DECIMAL(5, 2))) AS t(a, b);
-- case: 5-2-with-10-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(5, 2)), cast(3 AS DECIMAL(10, 2))) AS t(a, b);
-- case: 5-2-with-10-10
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(5, 2)), cast(0.5 AS DECIMAL(10, 10))) AS t(a, b);
-- case: 5-2-with-18-4
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(5, 2)), cast(3 AS DECIMAL(18, 4))) AS t(a, b);
-- case: 5-2-with-20-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(5, 2)), cast(3 AS DECIMAL(20, 0))) AS t(a, b);
-- case: 5-2-with-28-9
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(5, 2)), cast(3 AS DECIMAL(28, 9))) AS t(a, b);
-- case: 5-2-with-38-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(5, 2)), cast(3 AS DECIMAL(38, 0))) AS t(a, b);
-- case: 5-2-with-38-6
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(5, 2)), cast(3 AS DECIMAL(38, 6))) AS t(a, b);
-- case: 5-2-with-38-18
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(5, 2)), cast(3 AS DECIMAL(38, 18))) AS t(a, b);
-- case: 5-2-with-38-38
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(5, 2)), cast(0.5 AS DECIMAL(38, 38))) AS t(a, b);
-- case: 10-2-with-1-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(10, 2)), cast(3 AS DECIMAL(1, 0))) AS t(a, b);
-- case: 10-2-with-5-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(10, 2)), cast(3 AS DECIMAL(5, 2))) AS t(a, b);
-- case: 10-2-with-10-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(10, 2)), cast(3 AS DECIMAL(10, 2))) AS t(a, b);
-- case: 10-2-with-10-10
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(10, 2)), cast(0.5 AS DECIMAL(10, 10))) AS t(a, b);
-- case: 10-2-with-18-4
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(10, 2)), cast(3 AS DECIMAL(18, 4))) AS t(a, b);
-- case: 10-2-with-20-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(10, 2)), cast(3 AS DECIMAL(20, 0))) AS t(a, b);
-- case: 10-2-with-28-9
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(10, 2)), cast(3 AS DECIMAL(28, 9))) AS t(a, b);
-- case: 10-2-with-38-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(10, 2)), cast(3 AS DECIMAL(38, 0))) AS t(a, b);
-- case: 10-2-with-38-6
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(10, 2)), cast(3 AS DECIMAL(38, 6))) AS t(a, b);
-- case: 10-2-with-38-18
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(10, 2)), cast(3 AS DECIMAL(38, 18))) AS t(a, b);
-- case: 10-2-with-38-38
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(10, 2)), cast(0.5 AS DECIMAL(38, 38))) AS t(a, b);
-- case: 10-10-with-1-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(10, 10)), cast(3 AS DECIMAL(1, 0))) AS t(a, b);
-- case: 10-10-with-5-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(10, 10)), cast(3 AS DECIMAL(5, 2))) AS t(a, b);
-- case: 10-10-with-10-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(10, 10)), cast(3 AS DECIMAL(10, 2))) AS t(a, b);
-- case: 10-10-with-10-10
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(10, 10)), cast(0.5 AS DECIMAL(10, 10))) AS t(a, b);
-- case: 10-10-with-18-4
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(10, 10)), cast(3 AS DECIMAL(18, 4))) AS t(a, b);
-- case: 10-10-with-20-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(10, 10)), cast(3 AS DECIMAL(20, 0))) AS t(a, b);
-- case: 10-10-with-28-9
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(10, 10)), cast(3 AS DECIMAL(28, 9))) AS t(a, b);
-- case: 10-10-with-38-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(10, 10)), cast(3 AS DECIMAL(38, 0))) AS t(a, b);
-- case: 10-10-with-38-6
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(10, 10)), cast(3 AS DECIMAL(38, 6))) AS t(a, b);
-- case: 10-10-with-38-18
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(10, 10)), cast(3 AS DECIMAL(38, 18))) AS t(a, b);
-- case: 10-10-with-38-38
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(10, 10)), cast(0.5 AS DECIMAL(38, 38))) AS t(a, b);
-- case: 18-4-with-1-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(18, 4)), cast(3 AS DECIMAL(1, 0))) AS t(a, b);
-- case: 18-4-with-5-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(18, 4)), cast(3 AS DECIMAL(5, 2))) AS t(a, b);
-- case: 18-4-with-10-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(18, 4)), cast(3 AS DECIMAL(10, 2))) AS t(a, b);
-- case: 18-4-with-10-10
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(18, 4)), cast(0.5 AS DECIMAL(10, 10))) AS t(a, b);
-- case: 18-4-with-18-4
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(18, 4)), cast(3 AS DECIMAL(18, 4))) AS t(a, b);
-- case: 18-4-with-20-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(18, 4)), cast(3 AS DECIMAL(20, 0))) AS t(a, b);
-- case: 18-4-with-28-9
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(18, 4)), cast(3 AS DECIMAL(28, 9))) AS t(a, b);
-- case: 18-4-with-38-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(18, 4)), cast(3 AS DECIMAL(38, 0))) AS t(a, b);
-- case: 18-4-with-38-6
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(18, 4)), cast(3 AS DECIMAL(38, 6))) AS t(a, b);
-- case: 18-4-with-38-18
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(18, 4)), cast(3 AS DECIMAL(38, 18))) AS t(a, b);
-- case: 18-4-with-38-38
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(18, 4)), cast(0.5 AS DECIMAL(38, 38))) AS t(a, b);
-- case: 20-0-with-1-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(20, 0)), cast(3 AS DECIMAL(1, 0))) AS t(a, b);
-- case: 20-0-with-5-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(20, 0)), cast(3 AS DECIMAL(5, 2))) AS t(a, b);
-- case: 20-0-with-10-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(20, 0)), cast(3 AS DECIMAL(10, 2))) AS t(a, b);
-- case: 20-0-with-10-10
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(20, 0)), cast(0.5 AS DECIMAL(10, 10))) AS t(a, b);
-- case: 20-0-with-18-4
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(20, 0)), cast(3 AS DECIMAL(18, 4))) AS t(a, b);
-- case: 20-0-with-20-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(20, 0)), cast(3 AS DECIMAL(20, 0))) AS t(a, b);
-- case: 20-0-with-28-9
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(20, 0)), cast(3 AS DECIMAL(28, 9))) AS t(a, b);
-- case: 20-0-with-38-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(20, 0)), cast(3 AS DECIMAL(38, 0))) AS t(a, b);
-- case: 20-0-with-38-6
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(20, 0)), cast(3 AS DECIMAL(38, 6))) AS t(a, b);
-- case: 20-0-with-38-18
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(20, 0)), cast(3 AS DECIMAL(38, 18))) AS t(a, b);
-- case: 20-0-with-38-38
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(20, 0)), cast(0.5 AS DECIMAL(38, 38))) AS t(a, b);
-- case: 28-9-with-1-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(28, 9)), cast(3 AS DECIMAL(1, 0))) AS t(a, b);
-- case: 28-9-with-5-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(28, 9)), cast(3 AS DECIMAL(5, 2))) AS t(a, b);
-- case: 28-9-with-10-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(28, 9)), cast(3 AS DECIMAL(10, 2))) AS t(a, b);
-- case: 28-9-with-10-10
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(28, 9)), cast(0.5 AS DECIMAL(10, 10))) AS t(a, b);
-- case: 28-9-with-18-4
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(28, 9)), cast(3 AS DECIMAL(18, 4))) AS t(a, b);
-- case: 28-9-with-20-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(28, 9)), cast(3 AS DECIMAL(20, 0))) AS t(a, b);
-- case: 28-9-with-28-9
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(28, 9)), cast(3 AS DECIMAL(28, 9))) AS t(a, b);
-- case: 28-9-with-38-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(28, 9)), cast(3 AS DECIMAL(38, 0))) AS t(a, b);
-- case: 28-9-with-38-6
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(28, 9)), cast(3 AS DECIMAL(38, 6))) AS t(a, b);
-- case: 28-9-with-38-18
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(28, 9)), cast(3 AS DECIMAL(38, 18))) AS t(a, b);
-- case: 28-9-with-38-38
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(28, 9)), cast(0.5 AS DECIMAL(38, 38))) AS t(a, b);
-- case: 38-0-with-1-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 0)), cast(3 AS DECIMAL(1, 0))) AS t(a, b);
-- case: 38-0-with-5-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 0)), cast(3 AS DECIMAL(5, 2))) AS t(a, b);
-- case: 38-0-with-10-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 0)), cast(3 AS DECIMAL(10, 2))) AS t(a, b);
-- case: 38-0-with-10-10
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 0)), cast(0.5 AS DECIMAL(10, 10))) AS t(a, b);
-- case: 38-0-with-18-4
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 0)), cast(3 AS DECIMAL(18, 4))) AS t(a, b);
-- case: 38-0-with-20-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 0)), cast(3 AS DECIMAL(20, 0))) AS t(a, b);
-- case: 38-0-with-28-9
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 0)), cast(3 AS DECIMAL(28, 9))) AS t(a, b);
-- case: 38-0-with-38-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 0)), cast(3 AS DECIMAL(38, 0))) AS t(a, b);
-- case: 38-0-with-38-6
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 0)), cast(3 AS DECIMAL(38, 6))) AS t(a, b);
-- case: 38-0-with-38-18
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 0)), cast(3 AS DECIMAL(38, 18))) AS t(a, b);
-- case: 38-0-with-38-38
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 0)), cast(0.5 AS DECIMAL(38, 38))) AS t(a, b);
-- case: 38-6-with-1-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 6)), cast(3 AS DECIMAL(1, 0))) AS t(a, b);
-- case: 38-6-with-5-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 6)), cast(3 AS DECIMAL(5, 2))) AS t(a, b);
-- case: 38-6-with-10-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 6)), cast(3 AS DECIMAL(10, 2))) AS t(a, b);
-- case: 38-6-with-10-10
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 6)), cast(0.5 AS DECIMAL(10, 10))) AS t(a, b);
-- case: 38-6-with-18-4
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 6)), cast(3 AS DECIMAL(18, 4))) AS t(a, b);
-- case: 38-6-with-20-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 6)), cast(3 AS DECIMAL(20, 0))) AS t(a, b);
-- case: 38-6-with-28-9
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 6)), cast(3 AS DECIMAL(28, 9))) AS t(a, b);
-- case: 38-6-with-38-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 6)), cast(3 AS DECIMAL(38, 0))) AS t(a, b);
-- case: 38-6-with-38-6
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 6)), cast(3 AS DECIMAL(38, 6))) AS t(a, b);
-- case: 38-6-with-38-18
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 6)), cast(3 AS DECIMAL(38, 18))) AS t(a, b);
-- case: 38-6-with-38-38
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 6)), cast(0.5 AS DECIMAL(38, 38))) AS t(a, b);
-- case: 38-18-with-1-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 18)), cast(3 AS DECIMAL(1, 0))) AS t(a, b);
-- case: 38-18-with-5-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 18)), cast(3 AS DECIMAL(5, 2))) AS t(a, b);
-- case: 38-18-with-10-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 18)), cast(3 AS DECIMAL(10, 2))) AS t(a, b);
-- case: 38-18-with-10-10
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 18)), cast(0.5 AS DECIMAL(10, 10))) AS t(a, b);
-- case: 38-18-with-18-4
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 18)), cast(3 AS DECIMAL(18, 4))) AS t(a, b);
-- case: 38-18-with-20-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 18)), cast(3 AS DECIMAL(20, 0))) AS t(a, b);
-- case: 38-18-with-28-9
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 18)), cast(3 AS DECIMAL(28, 9))) AS t(a, b);
-- case: 38-18-with-38-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 18)), cast(3 AS DECIMAL(38, 0))) AS t(a, b);
-- case: 38-18-with-38-6
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 18)), cast(3 AS DECIMAL(38, 6))) AS t(a, b);
-- case: 38-18-with-38-18
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 18)), cast(3 AS DECIMAL(38, 18))) AS t(a, b);
-- case: 38-18-with-38-38
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(3 AS DECIMAL(38, 18)), cast(0.5 AS DECIMAL(38, 38))) AS t(a, b);
-- case: 38-38-with-1-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(38, 38)), cast(3 AS DECIMAL(1, 0))) AS t(a, b);
-- case: 38-38-with-5-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(38, 38)), cast(3 AS DECIMAL(5, 2))) AS t(a, b);
-- case: 38-38-with-10-2
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(38, 38)), cast(3 AS DECIMAL(10, 2))) AS t(a, b);
-- case: 38-38-with-10-10
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(38, 38)), cast(0.5 AS DECIMAL(10, 10))) AS t(a, b);
-- case: 38-38-with-18-4
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(38, 38)), cast(3 AS DECIMAL(18, 4))) AS t(a, b);
-- case: 38-38-with-20-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(38, 38)), cast(3 AS DECIMAL(20, 0))) AS t(a, b);
-- case: 38-38-with-28-9
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(38, 38)), cast(3 AS DECIMAL(28, 9))) AS t(a, b);
-- case: 38-38-with-38-0
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(38, 38)), cast(3 AS DECIMAL(38, 0))) AS t(a, b);
-- case: 38-38-with-38-6
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(38, 38)), cast(3 AS DECIMAL(38, 6))) AS t(a, b);
-- case: 38-38-with-38-18
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(38, 38)), cast(3 AS DECIMAL(38, 18))) AS t(a, b);
-- case: 38-38-with-38-38
SELECT a + b, a - b, a * b, a / b, a % b, a div b, coalesce(a, b), a = b FROM VALUES (cast(0.5 AS DECIMAL(38, 38)), cast(0.5 AS DECIMAL(38, 38))) AS t(a, b);
