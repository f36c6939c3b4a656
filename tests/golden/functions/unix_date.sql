SELECT unix_date(date'1970-01-02'), unix_date(date'1969-12-31'), unix_date(NULL);
SELECT unix_date('2024-01-01');
SELECT unix_date(timestamp'2024-01-01 00:00:00');
SELECT unix_date(1);
