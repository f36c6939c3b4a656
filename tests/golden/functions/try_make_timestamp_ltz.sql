SELECT try_make_timestamp_ltz(2024, 2, 29, 12, 0, 1.5), try_make_timestamp_ltz(2024, 2, 30, 12, 0, 1.5), try_make_timestamp_ltz(2024, 2, 29, 12, 0, 60), try_make_timestamp_ltz(2024, 2, 29, 12, 0, 1.5, 'America/New_York'), try_make_timestamp_ltz(NULL, 1, 1, 1, 1, 1);
SELECT try_make_timestamp_ltz(2024, 2, 29, 12, 0, 1.5, 'Nope/Zone');
-- zone: America/New_York
SELECT try_make_timestamp_ltz(y, m, 10, 2, 30, s) FROM VALUES (2024, 3, 1.25), (2024, NULL, 1), (2024, 13, 1) AS t(y, m, s);
