SELECT map_from_entries(array(struct('a', 1)));
