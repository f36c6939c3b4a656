SELECT make_timestamp_ltz(2024, 1, 2, 3, 4, 5);
