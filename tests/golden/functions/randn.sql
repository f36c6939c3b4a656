SELECT randn(5) = randn(5), randn(5) IS NOT NULL;
SELECT randn(5), randn(0), randn(-1L), randn(NULL);
SELECT id, randn(42) FROM range(0, 3, 1, 1);
SELECT randn('x');
SELECT randn(1.5D);
SELECT randn(id) FROM range(1);
SELECT randn(1, 2);
