SELECT xxhash64(1), xxhash64(1L), xxhash64(1Y), xxhash64('Spark'), xxhash64(''), xxhash64(NULL), xxhash64(true), xxhash64(1.5D), xxhash64(1.5F), xxhash64(1.50), xxhash64(date'2024-01-01'), xxhash64(timestamp'2024-01-01 00:00:00'), xxhash64(x'0102');
SELECT xxhash64(1, 'a', NULL), xxhash64(array(1, 2)), xxhash64(struct(1, 'a')), xxhash64(0.0D), xxhash64(-0.0D), xxhash64(cast('NaN' AS DOUBLE)), xxhash64('日本語😀'), xxhash64('abcdefghijklmnopqrstuvwxyz0123456789'), xxhash64(cast('12345678901234567890.5' AS DECIMAL(38, 10)));
SELECT xxhash64(a), xxhash64(a, b) FROM VALUES ('AAPL', 1.5D), (NULL, NULL) AS t(a, b);
SELECT xxhash64();
SELECT xxhash64(map(1, 2));
