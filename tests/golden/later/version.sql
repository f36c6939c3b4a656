SELECT version() LIKE '4.0.2%';
