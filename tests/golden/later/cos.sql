SELECT cos(1);
