SELECT array_remove(array(1, 2, 1), 1);
