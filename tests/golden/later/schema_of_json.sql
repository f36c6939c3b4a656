SELECT schema_of_json('{"a":1,"b":[1.5]}');
