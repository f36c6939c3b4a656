SELECT to_char(454, '999'), to_char(454.00, '000D00'), to_char(12454, '99G999'), to_char(78.12, '$99.99'), to_char(-12454.8, '99G999D9S'), to_char(5, '000'), to_char(NULL, '99'), to_char(12345, '999'), to_char(-5, 'S9'), to_char(-5, 'MI9'), to_char(-5, '9PR');
SELECT to_char(date'2024-01-02', 'yyyy/MM'), to_varchar(x'4142', 'hex'), to_char(x'4142', 'base64'), to_char(x'4142', 'utf-8');
SELECT to_char(454, 'x');
SELECT to_char(454);
