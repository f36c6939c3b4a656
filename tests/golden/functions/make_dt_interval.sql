SELECT make_dt_interval(1, 12, 30, 01.001001), make_dt_interval(), make_dt_interval(2), make_dt_interval(100, NULL, 3), make_dt_interval(-1, 2);
SELECT make_dt_interval(a, 1) FROM VALUES (1), (NULL) AS t(a);
SELECT make_dt_interval(2147483647, 0, 0, 1e15D);
SELECT make_dt_interval('x');
