SELECT make_timestamp_ntz(2024, 1, 2, 3, 4, 5.5);
