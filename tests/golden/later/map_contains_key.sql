SELECT map_contains_key(map('a', 1), 'a');
