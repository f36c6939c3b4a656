SELECT try_make_interval(1, 2), try_make_interval(2147483647, 12), try_make_interval(NULL);
SELECT try_make_interval(), try_make_interval(1,1,1,1,1,1,1.5), try_make_interval(0,0,0,0,999999999,0,0), try_make_interval(0,0,2147483647);
SELECT try_make_interval(a) FROM VALUES (1), (NULL), (2147483647) AS t(a);
SELECT try_make_interval(1,2,3,4,5,6,7,8);
SELECT try_make_interval('x');
