SELECT json_tuple('{"a":1,"b":"x"}', 'a', 'b');
SELECT json_tuple('{"a":1}', 'z');
SELECT json_tuple('bad', 'a'), 1;
SELECT k, json_tuple(j, 'a') AS a FROM VALUES (1, '{"a":1.50}'), (2, NULL) AS t(k, j);
SELECT json_tuple('{}');
