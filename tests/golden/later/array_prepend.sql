SELECT array_prepend(array(1), 0);
