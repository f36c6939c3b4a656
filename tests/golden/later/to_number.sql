SELECT to_number('12.5', '99.9');
