SELECT array_compact(array(1, NULL));
