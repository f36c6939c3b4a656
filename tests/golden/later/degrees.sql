SELECT degrees(3.14D);
