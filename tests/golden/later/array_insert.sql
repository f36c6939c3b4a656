SELECT array_insert(array(1, 3), 2, 2);
