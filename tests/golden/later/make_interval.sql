SELECT cast(make_interval(1, 2, 3, 4, 5, 6, 7.5) AS STRING);
SELECT make_interval(1, 2, 3, 4, 5, 6, 7.5);
