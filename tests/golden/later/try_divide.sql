SELECT try_divide(1, 0) FROM VALUES (1), (2) AS t(a);
