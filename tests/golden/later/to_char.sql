SELECT nvl(to_char(12.5, '99.9'), '');
