SELECT get(array(1, 2), 5);
