SELECT json_tuple('{"a":1,"b":2}', 'a', 'b');
