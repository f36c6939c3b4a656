SELECT conv('100', 2, 10);
