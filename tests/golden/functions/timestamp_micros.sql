SELECT timestamp_micros(1230219000123), timestamp_micros(-1), timestamp_micros(NULL), timestamp_micros(1Y);
SELECT timestamp_micros(9223372036854775807);
SELECT timestamp_micros('1');
SELECT timestamp_micros(1.5D);
SELECT timestamp_micros(a) FROM VALUES (1L), (NULL) AS t(a);
