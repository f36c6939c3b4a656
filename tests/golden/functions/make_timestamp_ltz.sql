-- zone: UTC, America/New_York
SELECT make_timestamp_ltz(2024, 7, 2, 3, 4, 5.678901), make_timestamp_ltz(2024, 1, 1, 0, 0, 60), make_timestamp_ltz(NULL, 1, 1, 0, 0, 0), make_timestamp_ltz(2024, 7, 2, 3, 4, 5, 'Europe/Paris');
SELECT make_timestamp_ltz(2024, 13, 1, 0, 0, 0);
SELECT make_timestamp_ltz(2024, 1, 1, 0, 61, 0);
SELECT make_timestamp_ltz(2024, 1, 1);
SELECT make_timestamp_ltz(a, 1, 1, 0, 0, 0) FROM VALUES (2024), (NULL) AS t(a);
