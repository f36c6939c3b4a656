SELECT monthname(date'2024-02-29');
