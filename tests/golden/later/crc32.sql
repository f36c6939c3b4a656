SELECT crc32('Spark');
