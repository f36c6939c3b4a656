SELECT rint(2.5D);
