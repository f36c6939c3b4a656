SELECT get_json_object('{"a":"b"}', '$.a'), get_json_object('{"a":{"b":[1,2,{"c":3}]}}', '$.a.b[2].c'), get_json_object('{"a":[1,2]}', '$.a'), get_json_object('{"a":1.50}', '$.a'), get_json_object('{"a":null}', '$.a'), get_json_object('{"a":true}', '$.a'), get_json_object('[1,2,3]', '$[1]'), get_json_object('{"a":1}', '$'), get_json_object('{"a b":1}', "$['a b']");
SELECT get_json_object('{"a":[{"b":1},{"b":2}]}', '$.a[*].b'), get_json_object('{"a":{"x":1,"y":2}}', '$.a.*'), get_json_object('{"a":1}', '$.b'), get_json_object('{"a":1}', 'a'), get_json_object('{"a":1}', '$.'), get_json_object('not json', '$.a'), get_json_object('{"a":1', '$.a'), get_json_object('', '$.a'), get_json_object('{"a":"x\\ny"}', '$.a'), get_json_object('{"a":"é\\u00e9"}', '$.a');
SELECT get_json_object(NULL, '$.a'), get_json_object('{"a":1}', NULL);
SELECT get_json_object(a, '$.ticker'), get_json_object(a, b) FROM VALUES ('{"ticker":"AAPL","price":1.5}', '$.price'), (NULL, '$.a'), ('{"ticker":null}', NULL) AS t(a, b);
SELECT get_json_object(1, '$.a');
SELECT get_json_object('{}');
