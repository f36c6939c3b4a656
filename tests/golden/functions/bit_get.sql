SELECT bit_get(11, 0), bit_get(11, 2), bit_get(-1L, 63), getbit(11, 1), bit_get(NULL, 1), bit_get(1, NULL);
SELECT bit_get(11, -1);
SELECT bit_get(11, 32);
SELECT bit_get(a, b) FROM VALUES (5, 0), (5, 1), (NULL, 1) AS t(a, b);
SELECT bit_get('11', 0);
SELECT bit_get(1);
