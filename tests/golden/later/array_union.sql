SELECT array_union(array(1, 2), array(2, 3));
