SELECT make_ym_interval(1, 2), make_ym_interval(1, 0), make_ym_interval(-1, 1), make_ym_interval(2), make_ym_interval(), make_ym_interval(NULL, 1);
SELECT make_ym_interval(2147483647, 1);
SELECT make_ym_interval('x');
