SELECT atan2(1, 2);
