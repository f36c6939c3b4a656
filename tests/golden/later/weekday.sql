SELECT weekday(date'2024-02-29');
