SELECT factorial(5);
