SELECT rand(5) = rand(5), rand(5) IS NOT NULL;
SELECT rand(5), rand(0), rand(-1L), rand(NULL);
SELECT id, rand(42) FROM range(0, 3, 1, 1);
SELECT rand('x');
SELECT rand(1.5D);
SELECT rand(id) FROM range(1);
SELECT rand(1, 2);
