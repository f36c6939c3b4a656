SELECT atan(1);
