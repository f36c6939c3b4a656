SELECT json_object_keys('{"a":1,"b":{"c":2}}'), json_object_keys('{}'), json_object_keys('[1]'), json_object_keys('x'), json_object_keys(NULL);
SELECT json_object_keys(1);
