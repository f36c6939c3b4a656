SELECT zip_with(array(1, 2), array(3, 4), (x, y) -> x + y);
