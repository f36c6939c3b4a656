SELECT if(true, 1, 2), if(NULL, 1, 2), if(false, 1, NULL);
SELECT if(a > 1, 'x', 'y'), if(a > 1, 1, 2.5), if(a IS NULL, 0, a) FROM VALUES (1), (2), (NULL) AS t(a);
SELECT if(1, 2, 3);
SELECT if(true, 1, 'x');
SELECT if(true, 1, date'2024-01-01');
SELECT if(true, 1);
