SELECT str_to_map('a:1,b:2'), str_to_map('a'), str_to_map(''), str_to_map('a=1;b=2', ';', '='), str_to_map(NULL), str_to_map('a:1:2');
SELECT str_to_map('a:1,a:2');
SELECT str_to_map(a) FROM VALUES ('x:1'), (NULL) AS t(a);
SELECT str_to_map();
