-- zone: UTC, America/New_York
SELECT try_make_timestamp(2024, 2, 29, 1, 2, 3.5), try_make_timestamp(2024, 2, 29, 1, 2, 3.123456);
SELECT try_make_timestamp(2024, 2, 30, 1, 2, 3), try_make_timestamp(2024, 13, 1, 1, 2, 3), try_make_timestamp(2024, 1, 1, 24, 0, 0), try_make_timestamp(2024, 1, 1, 0, 0, 61);
SELECT try_make_timestamp(2024, 1, 1, 0, 0, 60), try_make_timestamp(2024, 1, 1, 0, 0, 60.5);
SELECT try_make_timestamp(2024, 7, 1, 12, 0, 0, 'Asia/Tokyo');
SELECT try_make_timestamp(a, 1, 1, 0, 0, 0) FROM VALUES (2024), (NULL), (10000) AS t(a);
SELECT try_make_timestamp(2024, 7, 1, 12, 0, 0, 'Mars/Phobos');
SELECT try_make_timestamp('x', 1, 1, 0, 0, 0);
SELECT try_make_timestamp(2024, 1);
