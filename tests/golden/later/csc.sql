SELECT csc(1);
