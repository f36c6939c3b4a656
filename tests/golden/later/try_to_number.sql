SELECT try_to_number('454', '999'), try_to_number('x', '999'), try_to_number(NULL, '9'), try_to_number('1234', '999');
SELECT try_to_number('1', 'foo');
