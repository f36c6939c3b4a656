SELECT current_database(), current_schema(), current_catalog();
SELECT current_database(1);
