SELECT zeroifnull(NULL), zeroifnull(2), zeroifnull(1.5D);
SELECT zeroifnull('x');
SELECT zeroifnull(a) FROM VALUES (5), (NULL) AS t(a);
SELECT zeroifnull();
