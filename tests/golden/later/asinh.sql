SELECT asinh(1);
