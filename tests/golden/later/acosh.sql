SELECT acosh(2);
