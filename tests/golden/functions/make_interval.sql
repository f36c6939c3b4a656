SELECT make_interval(100, 11, 1, 1, 12, 30, 01.001001), make_interval(), make_interval(1), make_interval(0, 1, 0, 1), make_interval(NULL, 1);
SELECT make_interval(2147483647, 2147483647);
SELECT cast(make_interval(1, 2, 3, 4, 5, 6, 7.008009) AS STRING), cast(make_interval(0) AS STRING), cast(make_interval(0, -1) AS STRING);
