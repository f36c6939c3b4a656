SELECT array_size(array(1, 2));
SELECT array_size(array(1, 2)), array_size(NULL);
