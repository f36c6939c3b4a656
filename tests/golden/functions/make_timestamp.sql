-- zone: UTC, America/New_York
SELECT make_timestamp(2024, 1, 2, 3, 4, 5), make_timestamp(2024, 7, 2, 3, 4, 5.678901), make_timestamp(2024, 1, 2, 3, 4, 60), make_timestamp(2024, 1, 2, 3, 4, 5, 'Europe/Paris'), make_timestamp(2024, 1, 2, 0, 0, 0.5D);
SELECT make_timestamp(NULL, 1, 1, 0, 0, 0), make_timestamp(2024, 1, 1, 0, 0, NULL), make_timestamp(2024, 1, 1, 0, 0, 0, NULL);
SELECT make_timestamp(a, b, 1, c, 0, 0) FROM VALUES (2024, 1, 5), (NULL, 1, 1) AS t(a, b, c);
SELECT make_timestamp(2024, 13, 1, 0, 0, 0);
SELECT make_timestamp(2024, 1, 1, 25, 0, 0);
SELECT make_timestamp(2024, 1, 1, 0, 0, 60.5);
SELECT make_timestamp(2024, 1, 1, 0, 0, 0, 'Nowhere');
SELECT make_timestamp(2024, 1, 1);
