SELECT atanh(0.5D);
