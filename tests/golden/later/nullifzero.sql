SELECT nullifzero(0);
