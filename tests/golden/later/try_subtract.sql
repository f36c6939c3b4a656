SELECT try_subtract(1, 2) FROM VALUES (1), (2) AS t(a);
