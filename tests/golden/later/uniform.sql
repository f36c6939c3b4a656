SELECT uniform(0, 10, 5) BETWEEN 0 AND 10, uniform(0.0, 1.0, 5) <= 1;
SELECT uniform('a', 1);
