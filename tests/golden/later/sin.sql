SELECT sin(1);
