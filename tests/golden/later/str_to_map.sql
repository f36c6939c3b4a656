SELECT str_to_map('a:1,b:2');
