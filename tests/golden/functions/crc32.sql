SELECT crc32('Spark'), crc32(''), crc32(NULL), crc32(x'00ff');
SELECT crc32(a) FROM VALUES ('x'), (NULL) AS t(a);
SELECT crc32(1);
SELECT crc32();
