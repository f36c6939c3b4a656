SELECT make_ym_interval(1, 2);
