SELECT acos(1);
