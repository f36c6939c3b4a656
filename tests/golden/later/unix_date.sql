SELECT unix_date(date'2024-01-01');
