SELECT zeroifnull(NULL);
