SELECT map_zip_with(map('a', 1), map('a', 2), (k, x, y) -> x + y);
