SELECT version() LIKE '4.0.2 %';
SELECT version(1);
