SELECT expm1(1);
