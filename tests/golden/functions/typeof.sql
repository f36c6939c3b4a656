SELECT typeof(1), typeof('a'), typeof(array(1)), typeof(NULL), typeof(1.5), typeof(map(1, 'a')), typeof(struct(1 AS a)), typeof(interval '1' day), typeof(date'2024-01-01'), typeof(1Y), typeof(1.5D), typeof(1.5F), typeof(timestamp'2024-01-01 00:00:00'), typeof(x'01'), typeof(true), typeof(interval '1' month);
SELECT typeof(a), typeof(b) FROM VALUES (1, 'x'), (NULL, NULL) AS t(a, b);
SELECT typeof();
SELECT typeof(1, 2);
