SELECT isnotnull(NULL), isnotnull(1), 1 IS NOT NULL, NULL IS NOT NULL;
SELECT a IS NOT NULL, isnotnull(a), NOT a IS NULL FROM VALUES (1), (NULL) AS t(a);
SELECT isnotnull();
