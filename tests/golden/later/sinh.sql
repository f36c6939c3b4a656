SELECT sinh(1);
