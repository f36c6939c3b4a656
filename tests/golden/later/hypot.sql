SELECT hypot(3, 4);
