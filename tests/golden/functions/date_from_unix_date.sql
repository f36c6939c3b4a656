SELECT date_from_unix_date(0), date_from_unix_date(19723), date_from_unix_date(-1), date_from_unix_date(NULL);
SELECT date_from_unix_date(a) FROM VALUES (1), (NULL) AS t(a);
SELECT date_from_unix_date('x');
SELECT date_from_unix_date(1L);
