SELECT cosh(1);
