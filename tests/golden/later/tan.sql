SELECT tan(1);
