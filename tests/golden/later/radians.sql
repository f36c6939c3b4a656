SELECT radians(180);
