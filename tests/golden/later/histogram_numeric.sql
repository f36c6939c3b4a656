SELECT histogram_numeric(a, 3) FROM VALUES (0), (1), (2), (10), (NULL) AS t(a);
