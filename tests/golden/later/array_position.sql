SELECT array_position(array(1, 2), 2);
