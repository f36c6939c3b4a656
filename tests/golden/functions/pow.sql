SELECT pow(2, 3), power(2, -1), pow(2.5D, 2), pow(0, 0), pow(-2, 0.5D), pow(2, 1000), pow(2, 10000), pow(2.5, 1.5), pow(1L, 2Y), pow(0, -1);
SELECT pow(NULL, 2), pow(2, NULL), pow(cast('NaN' AS DOUBLE), 0), pow(1, cast('NaN' AS DOUBLE));
SELECT pow(a, b), pow(a, 2) FROM VALUES (2, 3D), (NULL, 1D), (2, NULL) AS t(a, b);
SELECT pow('2', 3);
SELECT pow('x', 3);
SELECT pow(true, 2);
SELECT pow(2);
SELECT sin(1), cos(1), tan(1), asin(1), acos(1), atan(1), atan2(1, 2), sinh(1), cosh(1), tanh(1), degrees(3.14D), radians(180), hypot(3, 4), factorial(5), rint(2.5D), cot(1), sec(1), csc(1), pmod(-7, 3), asinh(1), acosh(2), atanh(0.5D);
