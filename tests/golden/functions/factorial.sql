SELECT factorial(0), factorial(5), factorial(20), factorial(21), factorial(-1), factorial(NULL), factorial(3Y);
SELECT factorial(a) FROM VALUES (3), (NULL), (25) AS t(a);
SELECT factorial('5');
SELECT factorial('x');
SELECT factorial(3L);
SELECT factorial(2.9D);
SELECT factorial();
