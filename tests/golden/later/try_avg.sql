SELECT try_avg(a) FROM VALUES (1), (2) AS t(a);
