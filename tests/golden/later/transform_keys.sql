SELECT transform_keys(map('a', 1), (k, v) -> upper(k));
