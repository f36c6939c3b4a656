SELECT try_multiply(2147483647, 2) FROM VALUES (1), (2) AS t(a);
