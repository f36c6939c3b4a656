SELECT asin(1);
