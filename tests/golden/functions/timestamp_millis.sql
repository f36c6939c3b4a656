SELECT timestamp_millis(1230219000123), timestamp_millis(-1), timestamp_millis(NULL), timestamp_millis(1Y);
SELECT timestamp_millis(9223372036854775807);
SELECT timestamp_millis('1');
SELECT timestamp_millis(1.5D);
SELECT timestamp_millis(a) FROM VALUES (1L), (NULL) AS t(a);
