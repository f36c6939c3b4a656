SELECT nullifzero(0), nullifzero(2), nullifzero(0.0D), nullifzero(NULL), nullifzero('0');
SELECT nullifzero(a) FROM VALUES (0), (1), (NULL) AS t(a);
SELECT nullifzero();
