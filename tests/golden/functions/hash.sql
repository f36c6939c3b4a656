SELECT hash(1), hash(1L), hash(1Y), hash(1S), hash('Spark'), hash(''), hash(NULL), hash(true), hash(false), hash(1.5D), hash(1.5F), hash(1.50), hash(date'2024-01-01'), hash(timestamp'2024-01-01 00:00:00'), hash(x'0102');
SELECT hash(1, 'a', NULL), hash(array(1, 2)), hash(struct(1, 'a')), hash(array()), hash(0.0D), hash(-0.0D), hash(cast('NaN' AS DOUBLE)), hash(cast('12345678901234567890.5' AS DECIMAL(38, 10))), hash('日本語😀'), hash('abcdefghijklmnopqrstuvwxyz');
SELECT hash(a), hash(a, b), hash(b) FROM VALUES ('AAPL', 1.5D), ('IBM', NULL), (NULL, 2D), (NULL, NULL) AS t(a, b);
SELECT hash(interval '1' day), hash(interval '1' month), hash(timestamp_ntz'2024-01-01 00:00:00');
SELECT hash();
SELECT hash(map(1, 2));
