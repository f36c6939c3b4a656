SELECT try_make_interval(1, 2), try_make_interval(2147483647, 12), try_make_interval(NULL);
