SELECT sec(1);
