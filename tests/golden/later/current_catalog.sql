SELECT current_catalog();
