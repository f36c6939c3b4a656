SELECT conv('100', 2, 10), conv('ff', 16, 10), conv('FF', 16, 2), conv(-10, 16, -10), conv('10', 10, 16), conv('zz', 36, 10), conv('9x', 10, 16), conv('', 10, 16), conv('x', 10, 16), conv(NULL, 2, 10), conv('10', NULL, 10), conv('10', 1, 10), conv('10', 10, 37);
SELECT conv('18446744073709551615', 10, 16);
SELECT conv('18446744073709551616', 10, 16);
SELECT conv('-1', 10, 16), conv('-1', 10, -16);
SELECT conv(a, 10, 2) FROM VALUES ('5'), (NULL) AS t(a);
SELECT conv('1', 2);
