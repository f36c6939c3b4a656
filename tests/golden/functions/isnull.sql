SELECT isnull(NULL), isnull(1), 1 IS NULL, NULL IS NULL, isnull(array(NULL)), isnull(cast('NaN' AS DOUBLE)), isnull('');
SELECT a IS NULL, isnull(a), b IS NULL FROM VALUES (1, 'x'), (NULL, NULL) AS t(a, b);
SELECT s IS NULL, s.a IS NULL FROM VALUES (named_struct('a', 1)), (NULL), (named_struct('a', NULL)) AS t(s);
SELECT true IS TRUE, NULL IS TRUE, false IS NOT TRUE, NULL IS FALSE, NULL IS UNKNOWN, true IS NOT UNKNOWN;
SELECT isnull();
SELECT isnull(1, 2);
