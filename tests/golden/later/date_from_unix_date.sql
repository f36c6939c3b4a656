SELECT date_from_unix_date(19723);
