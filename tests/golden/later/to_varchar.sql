SELECT to_varchar(12.5, '99.9');
