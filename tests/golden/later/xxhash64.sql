SELECT xxhash64(1), xxhash64('Spark'), xxhash64(NULL), xxhash64(1L, 'a', 2.5D), xxhash64(1.50), xxhash64(date'2024-01-01'), xxhash64('abcdefghijklmnopqrstuvwxyz0123456789'), xxhash64(array(1, 2));
