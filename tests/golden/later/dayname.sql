SELECT dayname(date'2024-02-29');
