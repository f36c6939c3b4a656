-- case: boolean-with-tinyint
SELECT coalesce(a, b) FROM VALUES (true, 1Y) AS t(a, b);
-- case: boolean-with-smallint
SELECT coalesce(a, b) FROM VALUES (true, 1S) AS t(a, b);
-- case: boolean-with-int
SELECT coalesce(a, b) FROM VALUES (true, 1) AS t(a, b);
-- case: boolean-with-bigint
SELECT coalesce(a, b) FROM VALUES (true, 1L) AS t(a, b);
-- case: boolean-with-float
SELECT coalesce(a, b) FROM VALUES (true, 1.5F) AS t(a, b);
-- case: boolean-with-double
SELECT coalesce(a, b) FROM VALUES (true, 1.5D) AS t(a, b);
-- case: boolean-with-decimal
SELECT coalesce(a, b) FROM VALUES (true, 1.50) AS t(a, b);
-- case: boolean-with-string
SELECT coalesce(a, b) FROM VALUES (true, '1') AS t(a, b);
-- case: boolean-with-binary
SELECT coalesce(a, b) FROM VALUES (true, x'31') AS t(a, b);
-- case: boolean-with-date
SELECT coalesce(a, b) FROM VALUES (true, date'2024-01-01') AS t(a, b);
-- case: boolean-with-timestamp
SELECT coalesce(a, b) FROM VALUES (true, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: boolean-with-timestamp-ntz
SELECT coalesce(a, b) FROM VALUES (true, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: boolean-with-ym-interval
SELECT coalesce(a, b) FROM VALUES (true, interval '1' month) AS t(a, b);
-- case: boolean-with-dt-interval
SELECT coalesce(a, b) FROM VALUES (true, interval '1' day) AS t(a, b);
-- case: boolean-with-null
SELECT coalesce(a, b) FROM VALUES (true, NULL) AS t(a, b);
-- case: boolean-with-array
SELECT coalesce(a, b) FROM VALUES (true, array(1)) AS t(a, b);
-- case: boolean-with-map
SELECT coalesce(a, b) FROM VALUES (true, map(1, 2)) AS t(a, b);
-- case: boolean-with-struct
SELECT coalesce(a, b) FROM VALUES (true, struct(1)) AS t(a, b);
-- case: tinyint-with-smallint
SELECT coalesce(a, b) FROM VALUES (1Y, 1S) AS t(a, b);
-- case: tinyint-with-int
SELECT coalesce(a, b) FROM VALUES (1Y, 1) AS t(a, b);
-- case: tinyint-with-bigint
SELECT coalesce(a, b) FROM VALUES (1Y, 1L) AS t(a, b);
-- case: tinyint-with-float
SELECT coalesce(a, b) FROM VALUES (1Y, 1.5F) AS t(a, b);
-- case: tinyint-with-double
SELECT coalesce(a, b) FROM VALUES (1Y, 1.5D) AS t(a, b);
-- case: tinyint-with-decimal
SELECT coalesce(a, b) FROM VALUES (1Y, 1.50) AS t(a, b);
-- case: tinyint-with-string
SELECT coalesce(a, b) FROM VALUES (1Y, '1') AS t(a, b);
-- case: tinyint-with-binary
SELECT coalesce(a, b) FROM VALUES (1Y, x'31') AS t(a, b);
-- case: tinyint-with-date
SELECT coalesce(a, b) FROM VALUES (1Y, date'2024-01-01') AS t(a, b);
-- case: tinyint-with-timestamp
SELECT coalesce(a, b) FROM VALUES (1Y, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: tinyint-with-timestamp-ntz
SELECT coalesce(a, b) FROM VALUES (1Y, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: tinyint-with-ym-interval
SELECT coalesce(a, b) FROM VALUES (1Y, interval '1' month) AS t(a, b);
-- case: tinyint-with-dt-interval
SELECT coalesce(a, b) FROM VALUES (1Y, interval '1' day) AS t(a, b);
-- case: tinyint-with-null
SELECT coalesce(a, b) FROM VALUES (1Y, NULL) AS t(a, b);
-- case: tinyint-with-array
SELECT coalesce(a, b) FROM VALUES (1Y, array(1)) AS t(a, b);
-- case: tinyint-with-map
SELECT coalesce(a, b) FROM VALUES (1Y, map(1, 2)) AS t(a, b);
-- case: tinyint-with-struct
SELECT coalesce(a, b) FROM VALUES (1Y, struct(1)) AS t(a, b);
-- case: smallint-with-int
SELECT coalesce(a, b) FROM VALUES (1S, 1) AS t(a, b);
-- case: smallint-with-bigint
SELECT coalesce(a, b) FROM VALUES (1S, 1L) AS t(a, b);
-- case: smallint-with-float
SELECT coalesce(a, b) FROM VALUES (1S, 1.5F) AS t(a, b);
-- case: smallint-with-double
SELECT coalesce(a, b) FROM VALUES (1S, 1.5D) AS t(a, b);
-- case: smallint-with-decimal
SELECT coalesce(a, b) FROM VALUES (1S, 1.50) AS t(a, b);
-- case: smallint-with-string
SELECT coalesce(a, b) FROM VALUES (1S, '1') AS t(a, b);
-- case: smallint-with-binary
SELECT coalesce(a, b) FROM VALUES (1S, x'31') AS t(a, b);
-- case: smallint-with-date
SELECT coalesce(a, b) FROM VALUES (1S, date'2024-01-01') AS t(a, b);
-- case: smallint-with-timestamp
SELECT coalesce(a, b) FROM VALUES (1S, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: smallint-with-timestamp-ntz
SELECT coalesce(a, b) FROM VALUES (1S, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: smallint-with-ym-interval
SELECT coalesce(a, b) FROM VALUES (1S, interval '1' month) AS t(a, b);
-- case: smallint-with-dt-interval
SELECT coalesce(a, b) FROM VALUES (1S, interval '1' day) AS t(a, b);
-- case: smallint-with-null
SELECT coalesce(a, b) FROM VALUES (1S, NULL) AS t(a, b);
-- case: smallint-with-array
SELECT coalesce(a, b) FROM VALUES (1S, array(1)) AS t(a, b);
-- case: smallint-with-map
SELECT coalesce(a, b) FROM VALUES (1S, map(1, 2)) AS t(a, b);
-- case: smallint-with-struct
SELECT coalesce(a, b) FROM VALUES (1S, struct(1)) AS t(a, b);
-- case: int-with-bigint
SELECT coalesce(a, b) FROM VALUES (1, 1L) AS t(a, b);
-- case: int-with-float
SELECT coalesce(a, b) FROM VALUES (1, 1.5F) AS t(a, b);
-- case: int-with-double
SELECT coalesce(a, b) FROM VALUES (1, 1.5D) AS t(a, b);
-- case: int-with-decimal
SELECT coalesce(a, b) FROM VALUES (1, 1.50) AS t(a, b);
-- case: int-with-string
SELECT coalesce(a, b) FROM VALUES (1, '1') AS t(a, b);
-- case: int-with-binary
SELECT coalesce(a, b) FROM VALUES (1, x'31') AS t(a, b);
-- case: int-with-date
SELECT coalesce(a, b) FROM VALUES (1, date'2024-01-01') AS t(a, b);
-- case: int-with-timestamp
SELECT coalesce(a, b) FROM VALUES (1, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: int-with-timestamp-ntz
SELECT coalesce(a, b) FROM VALUES (1, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: int-with-ym-interval
SELECT coalesce(a, b) FROM VALUES (1, interval '1' month) AS t(a, b);
-- case: int-with-dt-interval
SELECT coalesce(a, b) FROM VALUES (1, interval '1' day) AS t(a, b);
-- case: int-with-null
SELECT coalesce(a, b) FROM VALUES (1, NULL) AS t(a, b);
-- case: int-with-array
SELECT coalesce(a, b) FROM VALUES (1, array(1)) AS t(a, b);
-- case: int-with-map
SELECT coalesce(a, b) FROM VALUES (1, map(1, 2)) AS t(a, b);
-- case: int-with-struct
SELECT coalesce(a, b) FROM VALUES (1, struct(1)) AS t(a, b);
-- case: bigint-with-float
SELECT coalesce(a, b) FROM VALUES (1L, 1.5F) AS t(a, b);
-- case: bigint-with-double
SELECT coalesce(a, b) FROM VALUES (1L, 1.5D) AS t(a, b);
-- case: bigint-with-decimal
SELECT coalesce(a, b) FROM VALUES (1L, 1.50) AS t(a, b);
-- case: bigint-with-string
SELECT coalesce(a, b) FROM VALUES (1L, '1') AS t(a, b);
-- case: bigint-with-binary
SELECT coalesce(a, b) FROM VALUES (1L, x'31') AS t(a, b);
-- case: bigint-with-date
SELECT coalesce(a, b) FROM VALUES (1L, date'2024-01-01') AS t(a, b);
-- case: bigint-with-timestamp
SELECT coalesce(a, b) FROM VALUES (1L, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: bigint-with-timestamp-ntz
SELECT coalesce(a, b) FROM VALUES (1L, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: bigint-with-ym-interval
SELECT coalesce(a, b) FROM VALUES (1L, interval '1' month) AS t(a, b);
-- case: bigint-with-dt-interval
SELECT coalesce(a, b) FROM VALUES (1L, interval '1' day) AS t(a, b);
-- case: bigint-with-null
SELECT coalesce(a, b) FROM VALUES (1L, NULL) AS t(a, b);
-- case: bigint-with-array
SELECT coalesce(a, b) FROM VALUES (1L, array(1)) AS t(a, b);
-- case: bigint-with-map
SELECT coalesce(a, b) FROM VALUES (1L, map(1, 2)) AS t(a, b);
-- case: bigint-with-struct
SELECT coalesce(a, b) FROM VALUES (1L, struct(1)) AS t(a, b);
-- case: float-with-double
SELECT coalesce(a, b) FROM VALUES (1.5F, 1.5D) AS t(a, b);
-- case: float-with-decimal
SELECT coalesce(a, b) FROM VALUES (1.5F, 1.50) AS t(a, b);
-- case: float-with-string
SELECT coalesce(a, b) FROM VALUES (1.5F, '1') AS t(a, b);
-- case: float-with-binary
SELECT coalesce(a, b) FROM VALUES (1.5F, x'31') AS t(a, b);
-- case: float-with-date
SELECT coalesce(a, b) FROM VALUES (1.5F, date'2024-01-01') AS t(a, b);
-- case: float-with-timestamp
SELECT coalesce(a, b) FROM VALUES (1.5F, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: float-with-timestamp-ntz
SELECT coalesce(a, b) FROM VALUES (1.5F, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: float-with-ym-interval
SELECT coalesce(a, b) FROM VALUES (1.5F, interval '1' month) AS t(a, b);
-- case: float-with-dt-interval
SELECT coalesce(a, b) FROM VALUES (1.5F, interval '1' day) AS t(a, b);
-- case: float-with-null
SELECT coalesce(a, b) FROM VALUES (1.5F, NULL) AS t(a, b);
-- case: float-with-array
SELECT coalesce(a, b) FROM VALUES (1.5F, array(1)) AS t(a, b);
-- case: float-with-map
SELECT coalesce(a, b) FROM VALUES (1.5F, map(1, 2)) AS t(a, b);
-- case: float-with-struct
SELECT coalesce(a, b) FROM VALUES (1.5F, struct(1)) AS t(a, b);
-- case: double-with-decimal
SELECT coalesce(a, b) FROM VALUES (1.5D, 1.50) AS t(a, b);
-- case: double-with-string
SELECT coalesce(a, b) FROM VALUES (1.5D, '1') AS t(a, b);
-- case: double-with-binary
SELECT coalesce(a, b) FROM VALUES (1.5D, x'31') AS t(a, b);
-- case: double-with-date
SELECT coalesce(a, b) FROM VALUES (1.5D, date'2024-01-01') AS t(a, b);
-- case: double-with-timestamp
SELECT coalesce(a, b) FROM VALUES (1.5D, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: double-with-timestamp-ntz
SELECT coalesce(a, b) FROM VALUES (1.5D, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: double-with-ym-interval
SELECT coalesce(a, b) FROM VALUES (1.5D, interval '1' month) AS t(a, b);
-- case: double-with-dt-interval
SELECT coalesce(a, b) FROM VALUES (1.5D, interval '1' day) AS t(a, b);
-- case: double-with-null
SELECT coalesce(a, b) FROM VALUES (1.5D, NULL) AS t(a, b);
-- case: double-with-array
SELECT coalesce(a, b) FROM VALUES (1.5D, array(1)) AS t(a, b);
-- case: double-with-map
SELECT coalesce(a, b) FROM VALUES (1.5D, map(1, 2)) AS t(a, b);
-- case: double-with-struct
SELECT coalesce(a, b) FROM VALUES (1.5D, struct(1)) AS t(a, b);
-- case: decimal-with-string
SELECT coalesce(a, b) FROM VALUES (1.50, '1') AS t(a, b);
-- case: decimal-with-binary
SELECT coalesce(a, b) FROM VALUES (1.50, x'31') AS t(a, b);
-- case: decimal-with-date
SELECT coalesce(a, b) FROM VALUES (1.50, date'2024-01-01') AS t(a, b);
-- case: decimal-with-timestamp
SELECT coalesce(a, b) FROM VALUES (1.50, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: decimal-with-timestamp-ntz
SELECT coalesce(a, b) FROM VALUES (1.50, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: decimal-with-ym-interval
SELECT coalesce(a, b) FROM VALUES (1.50, interval '1' month) AS t(a, b);
-- case: decimal-with-dt-interval
SELECT coalesce(a, b) FROM VALUES (1.50, interval '1' day) AS t(a, b);
-- case: decimal-with-null
SELECT coalesce(a, b) FROM VALUES (1.50, NULL) AS t(a, b);
-- case: decimal-with-array
SELECT coalesce(a, b) FROM VALUES (1.50, array(1)) AS t(a, b);
-- case: decimal-with-map
SELECT coalesce(a, b) FROM VALUES (1.50, map(1, 2)) AS t(a, b);
-- case: decimal-with-struct
SELECT coalesce(a, b) FROM VALUES (1.50, struct(1)) AS t(a, b);
-- case: string-with-binary
SELECT coalesce(a, b) FROM VALUES ('1', x'31') AS t(a, b);
-- case: string-with-date
SELECT coalesce(a, b) FROM VALUES ('1', date'2024-01-01') AS t(a, b);
-- case: string-with-timestamp
SELECT coalesce(a, b) FROM VALUES ('1', timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: string-with-timestamp-ntz
SELECT coalesce(a, b) FROM VALUES ('1', timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: string-with-ym-interval
SELECT coalesce(a, b) FROM VALUES ('1', interval '1' month) AS t(a, b);
-- case: string-with-dt-interval
SELECT coalesce(a, b) FROM VALUES ('1', interval '1' day) AS t(a, b);
-- case: string-with-null
SELECT coalesce(a, b) FROM VALUES ('1', NULL) AS t(a, b);
-- case: string-with-array
SELECT coalesce(a, b) FROM VALUES ('1', array(1)) AS t(a, b);
-- case: string-with-map
SELECT coalesce(a, b) FROM VALUES ('1', map(1, 2)) AS t(a, b);
-- case: string-with-struct
SELECT coalesce(a, b) FROM VALUES ('1', struct(1)) AS t(a, b);
-- case: binary-with-date
SELECT coalesce(a, b) FROM VALUES (x'31', date'2024-01-01') AS t(a, b);
-- case: binary-with-timestamp
SELECT coalesce(a, b) FROM VALUES (x'31', timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: binary-with-timestamp-ntz
SELECT coalesce(a, b) FROM VALUES (x'31', timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: binary-with-ym-interval
SELECT coalesce(a, b) FROM VALUES (x'31', interval '1' month) AS t(a, b);
-- case: binary-with-dt-interval
SELECT coalesce(a, b) FROM VALUES (x'31', interval '1' day) AS t(a, b);
-- case: binary-with-null
SELECT coalesce(a, b) FROM VALUES (x'31', NULL) AS t(a, b);
-- case: binary-with-array
SELECT coalesce(a, b) FROM VALUES (x'31', array(1)) AS t(a, b);
-- case: binary-with-map
SELECT coalesce(a, b) FROM VALUES (x'31', map(1, 2)) AS t(a, b);
-- case: binary-with-struct
SELECT coalesce(a, b) FROM VALUES (x'31', struct(1)) AS t(a, b);
-- case: date-with-timestamp
SELECT coalesce(a, b) FROM VALUES (date'2024-01-01', timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: date-with-timestamp-ntz
SELECT coalesce(a, b) FROM VALUES (date'2024-01-01', timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: date-with-ym-interval
SELECT coalesce(a, b) FROM VALUES (date'2024-01-01', interval '1' month) AS t(a, b);
-- case: date-with-dt-interval
SELECT coalesce(a, b) FROM VALUES (date'2024-01-01', interval '1' day) AS t(a, b);
-- case: date-with-null
SELECT coalesce(a, b) FROM VALUES (date'2024-01-01', NULL) AS t(a, b);
-- case: date-with-array
SELECT coalesce(a, b) FROM VALUES (date'2024-01-01', array(1)) AS t(a, b);
-- case: date-with-map
SELECT coalesce(a, b) FROM VALUES (date'2024-01-01', map(1, 2)) AS t(a, b);
-- case: date-with-struct
SELECT coalesce(a, b) FROM VALUES (date'2024-01-01', struct(1)) AS t(a, b);
-- case: timestamp-with-timestamp-ntz
SELECT coalesce(a, b) FROM VALUES (timestamp'2024-01-01 10:00:00', timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: timestamp-with-ym-interval
SELECT coalesce(a, b) FROM VALUES (timestamp'2024-01-01 10:00:00', interval '1' month) AS t(a, b);
-- case: timestamp-with-dt-interval
SELECT coalesce(a, b) FROM VALUES (timestamp'2024-01-01 10:00:00', interval '1' day) AS t(a, b);
-- case: timestamp-with-null
SELECT coalesce(a, b) FROM VALUES (timestamp'2024-01-01 10:00:00', NULL) AS t(a, b);
-- case: timestamp-with-array
SELECT coalesce(a, b) FROM VALUES (timestamp'2024-01-01 10:00:00', array(1)) AS t(a, b);
-- case: timestamp-with-map
SELECT coalesce(a, b) FROM VALUES (timestamp'2024-01-01 10:00:00', map(1, 2)) AS t(a, b);
-- case: timestamp-with-struct
SELECT coalesce(a, b) FROM VALUES (timestamp'2024-01-01 10:00:00', struct(1)) AS t(a, b);
-- case: timestamp-ntz-with-ym-interval
SELECT coalesce(a, b) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', interval '1' month) AS t(a, b);
-- case: timestamp-ntz-with-dt-interval
SELECT coalesce(a, b) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', interval '1' day) AS t(a, b);
-- case: timestamp-ntz-with-null
SELECT coalesce(a, b) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', NULL) AS t(a, b);
-- case: timestamp-ntz-with-array
SELECT coalesce(a, b) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', array(1)) AS t(a, b);
-- case: timestamp-ntz-with-map
SELECT coalesce(a, b) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', map(1, 2)) AS t(a, b);
-- case: timestamp-ntz-with-struct
SELECT coalesce(a, b) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', struct(1)) AS t(a, b);
-- case: ym-interval-with-dt-interval
SELECT coalesce(a, b) FROM VALUES (interval '1' month, interval '1' day) AS t(a, b);
-- case: ym-interval-with-null
SELECT coalesce(a, b) FROM VALUES (interval '1' month, NULL) AS t(a, b);
-- case: ym-interval-with-array
SELECT coalesce(a, b) FROM VALUES (interval '1' month, array(1)) AS t(a, b);
-- case: ym-interval-with-map
SELECT coalesce(a, b) FROM VALUES (interval '1' month, map(1, 2)) AS t(a, b);
-- case: ym-interval-with-struct
SELECT coalesce(a, b) FROM VALUES (interval '1' month, struct(1)) AS t(a, b);
-- case: dt-interval-with-null
SELECT coalesce(a, b) FROM VALUES (interval '1' day, NULL) AS t(a, b);
-- case: dt-interval-with-array
SELECT coalesce(a, b) FROM VALUES (interval '1' day, array(1)) AS t(a, b);
-- case: dt-interval-with-map
SELECT coalesce(a, b) FROM VALUES (interval '1' day, map(1, 2)) AS t(a, b);
-- case: dt-interval-with-struct
SELECT coalesce(a, b) FROM VALUES (interval '1' day, struct(1)) AS t(a, b);
-- case: null-with-array
SELECT coalesce(a, b) FROM VALUES (NULL, array(1)) AS t(a, b);
-- case: null-with-map
SELECT coalesce(a, b) FROM VALUES (NULL, map(1, 2)) AS t(a, b);
-- case: null-with-struct
SELECT coalesce(a, b) FROM VALUES (NULL, struct(1)) AS t(a, b);
-- case: array-with-map
SELECT coalesce(a, b) FROM VALUES (array(1), map(1, 2)) AS t(a, b);
-- case: array-with-struct
SELECT coalesce(a, b) FROM VALUES (array(1), struct(1)) AS t(a, b);
-- case: map-with-struct
SELECT coalesce(a, b) FROM VALUES (map(1, 2), struct(1)) AS t(a, b);
