SELECT map_entries(map('a', 1));
