SELECT array_intersect(array(1, 2), array(2));
