SELECT '[' || space(3) || ']', '[' || space(0) || ']', '[' || space(-1) || ']', space(NULL);
SELECT '[' || space(a) || ']' FROM VALUES (2), (NULL) AS t(a);
SELECT '[' || space('2') || ']';
SELECT space('x');
SELECT space();
