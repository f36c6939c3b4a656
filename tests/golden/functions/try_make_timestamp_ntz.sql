SELECT try_make_timestamp_ntz(2024, 2, 29, 12, 0, 1.5), try_make_timestamp_ntz(2024, 2, 30, 12, 0, 1.5), try_make_timestamp_ntz(2024, 13, 1, 12, 0, 1.5);
SELECT try_make_timestamp_ntz(2024, 2, 29);
SELECT try_make_timestamp_ntz(y, m, 10, 2, 30, s) FROM VALUES (2024, 3, 1.25), (2024, NULL, 1), (2024, 13, 1) AS t(y, m, s);
