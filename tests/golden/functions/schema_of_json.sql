SELECT schema_of_json('{"a":1,"b":[1.5],"c":{"d":null}}'), schema_of_json('[1]'), schema_of_json('1'), schema_of_json('"x"'), schema_of_json('[{"a":1},{"b":"x"}]');
SELECT schema_of_json(a) FROM VALUES ('{}') AS t(a);
SELECT schema_of_json(NULL);
