SELECT find_in_set('ab', 'abc,b,ab,c,def'), find_in_set('x', 'a,b'), find_in_set('', 'a,,b'), find_in_set('a,b', 'a,b'), find_in_set(NULL, 'a'), find_in_set('a', NULL), find_in_set('', '');
SELECT find_in_set(a, 'x,y') FROM VALUES ('y'), (NULL) AS t(a);
SELECT find_in_set('a');
