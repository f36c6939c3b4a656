SELECT space(3), space(0), space(-1);
