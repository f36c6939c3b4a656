SELECT transform_values(map('a', 1), (k, v) -> v + 1);
