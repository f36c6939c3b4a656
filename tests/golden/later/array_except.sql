SELECT array_except(array(1, 2), array(2));
