SELECT map_concat(map('a', 1), map('b', 2));
