SELECT ~ 0, ~ 5, ~ 5Y, ~ 5S, ~ 5L, ~ -1, ~ NULL;
SELECT ~ a FROM VALUES (1), (NULL), (-5) AS t(a);
SELECT ~ 1.5;
SELECT ~ '5';
SELECT ~ true;
