SELECT named_struct('a', 1, 'b', 'x'), named_struct('a', NULL), named_struct('a', 1, 'a', 2), named_struct('x y', 1);
SELECT named_struct('a', a, 'b', b) FROM VALUES (1, 'x'), (NULL, NULL) AS t(a, b);
SELECT named_struct('a', 1, 'b');
SELECT named_struct(1, 2);
SELECT named_struct(NULL, 2);
SELECT named_struct();
SELECT named_struct(a, 1) FROM VALUES ('x') AS t(a);
