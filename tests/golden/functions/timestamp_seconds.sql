SELECT timestamp_seconds(1230219000), timestamp_seconds(1230219000.123), timestamp_seconds(-1.5D), timestamp_seconds(NULL), timestamp_seconds(1Y), timestamp_seconds(0.1F), timestamp_seconds(cast('NaN' AS DOUBLE));
SELECT timestamp_seconds(9223372036854775807);
SELECT timestamp_seconds(1230219000.1234567);
SELECT timestamp_seconds('1');
SELECT timestamp_seconds(a) FROM VALUES (1L), (NULL) AS t(a);
SELECT timestamp_seconds(a), cast(a AS TIMESTAMP) FROM VALUES (CAST(NULL AS DOUBLE)), (1.5D), (-0.25D), (1704067200.123456D) AS t(a);
