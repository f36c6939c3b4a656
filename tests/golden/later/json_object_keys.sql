SELECT json_object_keys('{"a":1,"b":2}');
