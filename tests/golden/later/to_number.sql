SELECT to_number('454', '999'), to_number('454.00', '000.00'), to_number('12,454', '99,999'), to_number('$78.12', '$99.99'), to_number('12,454.8-', '99,999.9S'), to_number(NULL, '9'), try_to_number('x', '999'), try_to_number('454', '999');
SELECT to_number('x', '999');
SELECT to_number('1234', '999');
SELECT to_number('1', 'foo');
SELECT to_number(a, '999') FROM VALUES ('12'), (NULL) AS t(a);
