SELECT try_sum(a) FROM VALUES (1), (2) AS t(a);
