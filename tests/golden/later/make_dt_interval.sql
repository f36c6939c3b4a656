SELECT make_dt_interval(1, 2, 3, 4.5);
