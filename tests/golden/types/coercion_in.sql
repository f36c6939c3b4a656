-- case: boolean-in-tinyint
SELECT a IN (b) FROM VALUES (true, 1Y) AS t(a, b);
-- case: boolean-in-smallint
SELECT a IN (b) FROM VALUES (true, 1S) AS t(a, b);
-- case: boolean-in-int
SELECT a IN (b) FROM VALUES (true, 1) AS t(a, b);
-- case: boolean-in-bigint
SELECT a IN (b) FROM VALUES (true, 1L) AS t(a, b);
-- case: boolean-in-float
SELECT a IN (b) FROM VALUES (true, 1.5F) AS t(a, b);
-- case: boolean-in-double
SELECT a IN (b) FROM VALUES (true, 1.5D) AS t(a, b);
-- case: boolean-in-decimal
SELECT a IN (b) FROM VALUES (true, 1.50) AS t(a, b);
-- case: boolean-in-string
SELECT a IN (b) FROM VALUES (true, '1') AS t(a, b);
-- case: boolean-in-binary
SELECT a IN (b) FROM VALUES (true, x'31') AS t(a, b);
-- case: boolean-in-date
SELECT a IN (b) FROM VALUES (true, date'2024-01-01') AS t(a, b);
-- case: boolean-in-timestamp
SELECT a IN (b) FROM VALUES (true, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: boolean-in-timestamp-ntz
SELECT a IN (b) FROM VALUES (true, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: boolean-in-ym-interval
SELECT a IN (b) FROM VALUES (true, interval '1' month) AS t(a, b);
-- case: boolean-in-dt-interval
SELECT a IN (b) FROM VALUES (true, interval '1' day) AS t(a, b);
-- case: boolean-in-null
SELECT a IN (b) FROM VALUES (true, NULL) AS t(a, b);
-- case: boolean-in-array
SELECT a IN (b) FROM VALUES (true, array(1)) AS t(a, b);
-- case: boolean-in-map
SELECT a IN (b) FROM VALUES (true, map(1, 2)) AS t(a, b);
-- case: boolean-in-struct
SELECT a IN (b) FROM VALUES (true, struct(1)) AS t(a, b);
-- case: tinyint-in-smallint
SELECT a IN (b) FROM VALUES (1Y, 1S) AS t(a, b);
-- case: tinyint-in-int
SELECT a IN (b) FROM VALUES (1Y, 1) AS t(a, b);
-- case: tinyint-in-bigint
SELECT a IN (b) FROM VALUES (1Y, 1L) AS t(a, b);
-- case: tinyint-in-float
SELECT a IN (b) FROM VALUES (1Y, 1.5F) AS t(a, b);
-- case: tinyint-in-double
SELECT a IN (b) FROM VALUES (1Y, 1.5D) AS t(a, b);
-- case: tinyint-in-decimal
SELECT a IN (b) FROM VALUES (1Y, 1.50) AS t(a, b);
-- case: tinyint-in-string
SELECT a IN (b) FROM VALUES (1Y, '1') AS t(a, b);
-- case: tinyint-in-binary
SELECT a IN (b) FROM VALUES (1Y, x'31') AS t(a, b);
-- case: tinyint-in-date
SELECT a IN (b) FROM VALUES (1Y, date'2024-01-01') AS t(a, b);
-- case: tinyint-in-timestamp
SELECT a IN (b) FROM VALUES (1Y, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: tinyint-in-timestamp-ntz
SELECT a IN (b) FROM VALUES (1Y, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: tinyint-in-ym-interval
SELECT a IN (b) FROM VALUES (1Y, interval '1' month) AS t(a, b);
-- case: tinyint-in-dt-interval
SELECT a IN (b) FROM VALUES (1Y, interval '1' day) AS t(a, b);
-- case: tinyint-in-null
SELECT a IN (b) FROM VALUES (1Y, NULL) AS t(a, b);
-- case: tinyint-in-array
SELECT a IN (b) FROM VALUES (1Y, array(1)) AS t(a, b);
-- case: tinyint-in-map
SELECT a IN (b) FROM VALUES (1Y, map(1, 2)) AS t(a, b);
-- case: tinyint-in-struct
SELECT a IN (b) FROM VALUES (1Y, struct(1)) AS t(a, b);
-- case: smallint-in-int
SELECT a IN (b) FROM VALUES (1S, 1) AS t(a, b);
-- case: smallint-in-bigint
SELECT a IN (b) FROM VALUES (1S, 1L) AS t(a, b);
-- case: smallint-in-float
SELECT a IN (b) FROM VALUES (1S, 1.5F) AS t(a, b);
-- case: smallint-in-double
SELECT a IN (b) FROM VALUES (1S, 1.5D) AS t(a, b);
-- case: smallint-in-decimal
SELECT a IN (b) FROM VALUES (1S, 1.50) AS t(a, b);
-- case: smallint-in-string
SELECT a IN (b) FROM VALUES (1S, '1') AS t(a, b);
-- case: smallint-in-binary
SELECT a IN (b) FROM VALUES (1S, x'31') AS t(a, b);
-- case: smallint-in-date
SELECT a IN (b) FROM VALUES (1S, date'2024-01-01') AS t(a, b);
-- case: smallint-in-timestamp
SELECT a IN (b) FROM VALUES (1S, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: smallint-in-timestamp-ntz
SELECT a IN (b) FROM VALUES (1S, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: smallint-in-ym-interval
SELECT a IN (b) FROM VALUES (1S, interval '1' month) AS t(a, b);
-- case: smallint-in-dt-interval
SELECT a IN (b) FROM VALUES (1S, interval '1' day) AS t(a, b);
-- case: smallint-in-null
SELECT a IN (b) FROM VALUES (1S, NULL) AS t(a, b);
-- case: smallint-in-array
SELECT a IN (b) FROM VALUES (1S, array(1)) AS t(a, b);
-- case: smallint-in-map
SELECT a IN (b) FROM VALUES (1S, map(1, 2)) AS t(a, b);
-- case: smallint-in-struct
SELECT a IN (b) FROM VALUES (1S, struct(1)) AS t(a, b);
-- case: int-in-bigint
SELECT a IN (b) FROM VALUES (1, 1L) AS t(a, b);
-- case: int-in-float
SELECT a IN (b) FROM VALUES (1, 1.5F) AS t(a, b);
-- case: int-in-double
SELECT a IN (b) FROM VALUES (1, 1.5D) AS t(a, b);
-- case: int-in-decimal
SELECT a IN (b) FROM VALUES (1, 1.50) AS t(a, b);
-- case: int-in-string
SELECT a IN (b) FROM VALUES (1, '1') AS t(a, b);
-- case: int-in-binary
SELECT a IN (b) FROM VALUES (1, x'31') AS t(a, b);
-- case: int-in-date
SELECT a IN (b) FROM VALUES (1, date'2024-01-01') AS t(a, b);
-- case: int-in-timestamp
SELECT a IN (b) FROM VALUES (1, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: int-in-timestamp-ntz
SELECT a IN (b) FROM VALUES (1, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: int-in-ym-interval
SELECT a IN (b) FROM VALUES (1, interval '1' month) AS t(a, b);
-- case: int-in-dt-interval
SELECT a IN (b) FROM VALUES (1, interval '1' day) AS t(a, b);
-- case: int-in-null
SELECT a IN (b) FROM VALUES (1, NULL) AS t(a, b);
-- case: int-in-array
SELECT a IN (b) FROM VALUES (1, array(1)) AS t(a, b);
-- case: int-in-map
SELECT a IN (b) FROM VALUES (1, map(1, 2)) AS t(a, b);
-- case: int-in-struct
SELECT a IN (b) FROM VALUES (1, struct(1)) AS t(a, b);
-- case: bigint-in-float
SELECT a IN (b) FROM VALUES (1L, 1.5F) AS t(a, b);
-- case: bigint-in-double
SELECT a IN (b) FROM VALUES (1L, 1.5D) AS t(a, b);
-- case: bigint-in-decimal
SELECT a IN (b) FROM VALUES (1L, 1.50) AS t(a, b);
-- case: bigint-in-string
SELECT a IN (b) FROM VALUES (1L, '1') AS t(a, b);
-- case: bigint-in-binary
SELECT a IN (b) FROM VALUES (1L, x'31') AS t(a, b);
-- case: bigint-in-date
SELECT a IN (b) FROM VALUES (1L, date'2024-01-01') AS t(a, b);
-- case: bigint-in-timestamp
SELECT a IN (b) FROM VALUES (1L, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: bigint-in-timestamp-ntz
SELECT a IN (b) FROM VALUES (1L, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: bigint-in-ym-interval
SELECT a IN (b) FROM VALUES (1L, interval '1' month) AS t(a, b);
-- case: bigint-in-dt-interval
SELECT a IN (b) FROM VALUES (1L, interval '1' day) AS t(a, b);
-- case: bigint-in-null
SELECT a IN (b) FROM VALUES (1L, NULL) AS t(a, b);
-- case: bigint-in-array
SELECT a IN (b) FROM VALUES (1L, array(1)) AS t(a, b);
-- case: bigint-in-map
SELECT a IN (b) FROM VALUES (1L, map(1, 2)) AS t(a, b);
-- case: bigint-in-struct
SELECT a IN (b) FROM VALUES (1L, struct(1)) AS t(a, b);
-- case: float-in-double
SELECT a IN (b) FROM VALUES (1.5F, 1.5D) AS t(a, b);
-- case: float-in-decimal
SELECT a IN (b) FROM VALUES (1.5F, 1.50) AS t(a, b);
-- case: float-in-string
SELECT a IN (b) FROM VALUES (1.5F, '1') AS t(a, b);
-- case: float-in-binary
SELECT a IN (b) FROM VALUES (1.5F, x'31') AS t(a, b);
-- case: float-in-date
SELECT a IN (b) FROM VALUES (1.5F, date'2024-01-01') AS t(a, b);
-- case: float-in-timestamp
SELECT a IN (b) FROM VALUES (1.5F, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: float-in-timestamp-ntz
SELECT a IN (b) FROM VALUES (1.5F, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: float-in-ym-interval
SELECT a IN (b) FROM VALUES (1.5F, interval '1' month) AS t(a, b);
-- case: float-in-dt-interval
SELECT a IN (b) FROM VALUES (1.5F, interval '1' day) AS t(a, b);
-- case: float-in-null
SELECT a IN (b) FROM VALUES (1.5F, NULL) AS t(a, b);
-- case: float-in-array
SELECT a IN (b) FROM VALUES (1.5F, array(1)) AS t(a, b);
-- case: float-in-map
SELECT a IN (b) FROM VALUES (1.5F, map(1, 2)) AS t(a, b);
-- case: float-in-struct
SELECT a IN (b) FROM VALUES (1.5F, struct(1)) AS t(a, b);
-- case: double-in-decimal
SELECT a IN (b) FROM VALUES (1.5D, 1.50) AS t(a, b);
-- case: double-in-string
SELECT a IN (b) FROM VALUES (1.5D, '1') AS t(a, b);
-- case: double-in-binary
SELECT a IN (b) FROM VALUES (1.5D, x'31') AS t(a, b);
-- case: double-in-date
SELECT a IN (b) FROM VALUES (1.5D, date'2024-01-01') AS t(a, b);
-- case: double-in-timestamp
SELECT a IN (b) FROM VALUES (1.5D, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: double-in-timestamp-ntz
SELECT a IN (b) FROM VALUES (1.5D, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: double-in-ym-interval
SELECT a IN (b) FROM VALUES (1.5D, interval '1' month) AS t(a, b);
-- case: double-in-dt-interval
SELECT a IN (b) FROM VALUES (1.5D, interval '1' day) AS t(a, b);
-- case: double-in-null
SELECT a IN (b) FROM VALUES (1.5D, NULL) AS t(a, b);
-- case: double-in-array
SELECT a IN (b) FROM VALUES (1.5D, array(1)) AS t(a, b);
-- case: double-in-map
SELECT a IN (b) FROM VALUES (1.5D, map(1, 2)) AS t(a, b);
-- case: double-in-struct
SELECT a IN (b) FROM VALUES (1.5D, struct(1)) AS t(a, b);
-- case: decimal-in-string
SELECT a IN (b) FROM VALUES (1.50, '1') AS t(a, b);
-- case: decimal-in-binary
SELECT a IN (b) FROM VALUES (1.50, x'31') AS t(a, b);
-- case: decimal-in-date
SELECT a IN (b) FROM VALUES (1.50, date'2024-01-01') AS t(a, b);
-- case: decimal-in-timestamp
SELECT a IN (b) FROM VALUES (1.50, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: decimal-in-timestamp-ntz
SELECT a IN (b) FROM VALUES (1.50, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: decimal-in-ym-interval
SELECT a IN (b) FROM VALUES (1.50, interval '1' month) AS t(a, b);
-- case: decimal-in-dt-interval
SELECT a IN (b) FROM VALUES (1.50, interval '1' day) AS t(a, b);
-- case: decimal-in-null
SELECT a IN (b) FROM VALUES (1.50, NULL) AS t(a, b);
-- case: decimal-in-array
SELECT a IN (b) FROM VALUES (1.50, array(1)) AS t(a, b);
-- case: decimal-in-map
SELECT a IN (b) FROM VALUES (1.50, map(1, 2)) AS t(a, b);
-- case: decimal-in-struct
SELECT a IN (b) FROM VALUES (1.50, struct(1)) AS t(a, b);
-- case: string-in-binary
SELECT a IN (b) FROM VALUES ('1', x'31') AS t(a, b);
-- case: string-in-date
SELECT a IN (b) FROM VALUES ('1', date'2024-01-01') AS t(a, b);
-- case: string-in-timestamp
SELECT a IN (b) FROM VALUES ('1', timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: string-in-timestamp-ntz
SELECT a IN (b) FROM VALUES ('1', timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: string-in-ym-interval
SELECT a IN (b) FROM VALUES ('1', interval '1' month) AS t(a, b);
-- case: string-in-dt-interval
SELECT a IN (b) FROM VALUES ('1', interval '1' day) AS t(a, b);
-- case: string-in-null
SELECT a IN (b) FROM VALUES ('1', NULL) AS t(a, b);
-- case: string-in-array
SELECT a IN (b) FROM VALUES ('1', array(1)) AS t(a, b);
-- case: string-in-map
SELECT a IN (b) FROM VALUES ('1', map(1, 2)) AS t(a, b);
-- case: string-in-struct
SELECT a IN (b) FROM VALUES ('1', struct(1)) AS t(a, b);
-- case: binary-in-date
SELECT a IN (b) FROM VALUES (x'31', date'2024-01-01') AS t(a, b);
-- case: binary-in-timestamp
SELECT a IN (b) FROM VALUES (x'31', timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: binary-in-timestamp-ntz
SELECT a IN (b) FROM VALUES (x'31', timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: binary-in-ym-interval
SELECT a IN (b) FROM VALUES (x'31', interval '1' month) AS t(a, b);
-- case: binary-in-dt-interval
SELECT a IN (b) FROM VALUES (x'31', interval '1' day) AS t(a, b);
-- case: binary-in-null
SELECT a IN (b) FROM VALUES (x'31', NULL) AS t(a, b);
-- case: binary-in-array
SELECT a IN (b) FROM VALUES (x'31', array(1)) AS t(a, b);
-- case: binary-in-map
SELECT a IN (b) FROM VALUES (x'31', map(1, 2)) AS t(a, b);
-- case: binary-in-struct
SELECT a IN (b) FROM VALUES (x'31', struct(1)) AS t(a, b);
-- case: date-in-timestamp
SELECT a IN (b) FROM VALUES (date'2024-01-01', timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: date-in-timestamp-ntz
SELECT a IN (b) FROM VALUES (date'2024-01-01', timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: date-in-ym-interval
SELECT a IN (b) FROM VALUES (date'2024-01-01', interval '1' month) AS t(a, b);
-- case: date-in-dt-interval
SELECT a IN (b) FROM VALUES (date'2024-01-01', interval '1' day) AS t(a, b);
-- case: date-in-null
SELECT a IN (b) FROM VALUES (date'2024-01-01', NULL) AS t(a, b);
-- case: date-in-array
SELECT a IN (b) FROM VALUES (date'2024-01-01', array(1)) AS t(a, b);
-- case: date-in-map
SELECT a IN (b) FROM VALUES (date'2024-01-01', map(1, 2)) AS t(a, b);
-- case: date-in-struct
SELECT a IN (b) FROM VALUES (date'2024-01-01', struct(1)) AS t(a, b);
-- case: timestamp-in-timestamp-ntz
SELECT a IN (b) FROM VALUES (timestamp'2024-01-01 10:00:00', timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: timestamp-in-ym-interval
SELECT a IN (b) FROM VALUES (timestamp'2024-01-01 10:00:00', interval '1' month) AS t(a, b);
-- case: timestamp-in-dt-interval
SELECT a IN (b) FROM VALUES (timestamp'2024-01-01 10:00:00', interval '1' day) AS t(a, b);
-- case: timestamp-in-null
SELECT a IN (b) FROM VALUES (timestamp'2024-01-01 10:00:00', NULL) AS t(a, b);
-- case: timestamp-in-array
SELECT a IN (b) FROM VALUES (timestamp'2024-01-01 10:00:00', array(1)) AS t(a, b);
-- case: timestamp-in-map
SELECT a IN (b) FROM VALUES (timestamp'2024-01-01 10:00:00', map(1, 2)) AS t(a, b);
-- case: timestamp-in-struct
SELECT a IN (b) FROM VALUES (timestamp'2024-01-01 10:00:00', struct(1)) AS t(a, b);
-- case: timestamp-ntz-in-ym-interval
SELECT a IN (b) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', interval '1' month) AS t(a, b);
-- case: timestamp-ntz-in-dt-interval
SELECT a IN (b) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', interval '1' day) AS t(a, b);
-- case: timestamp-ntz-in-null
SELECT a IN (b) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', NULL) AS t(a, b);
-- case: timestamp-ntz-in-array
SELECT a IN (b) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', array(1)) AS t(a, b);
-- case: timestamp-ntz-in-map
SELECT a IN (b) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', map(1, 2)) AS t(a, b);
-- case: timestamp-ntz-in-struct
SELECT a IN (b) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', struct(1)) AS t(a, b);
-- case: ym-interval-in-dt-interval
SELECT a IN (b) FROM VALUES (interval '1' month, interval '1' day) AS t(a, b);
-- case: ym-interval-in-null
SELECT a IN (b) FROM VALUES (interval '1' month, NULL) AS t(a, b);
-- case: ym-interval-in-array
SELECT a IN (b) FROM VALUES (interval '1' month, array(1)) AS t(a, b);
-- case: ym-interval-in-map
SELECT a IN (b) FROM VALUES (interval '1' month, map(1, 2)) AS t(a, b);
-- case: ym-interval-in-struct
SELECT a IN (b) FROM VALUES (interval '1' month, struct(1)) AS t(a, b);
-- case: dt-interval-in-null
SELECT a IN (b) FROM VALUES (interval '1' day, NULL) AS t(a, b);
-- case: dt-interval-in-array
SELECT a IN (b) FROM VALUES (interval '1' day, array(1)) AS t(a, b);
-- case: dt-interval-in-map
SELECT a IN (b) FROM VALUES (interval '1' day, map(1, 2)) AS t(a, b);
-- case: dt-interval-in-struct
SELECT a IN (b) FROM VALUES (interval '1' day, struct(1)) AS t(a, b);
-- case: null-in-array
SELECT a IN (b) FROM VALUES (NULL, array(1)) AS t(a, b);
-- case: null-in-map
SELECT a IN (b) FROM VALUES (NULL, map(1, 2)) AS t(a, b);
-- case: null-in-struct
SELECT a IN (b) FROM VALUES (NULL, struct(1)) AS t(a, b);
-- case: array-in-map
SELECT a IN (b) FROM VALUES (array(1), map(1, 2)) AS t(a, b);
-- case: array-in-struct
SELECT a IN (b) FROM VALUES (array(1), struct(1)) AS t(a, b);
-- case: map-in-struct
SELECT a IN (b) FROM VALUES (map(1, 2), struct(1)) AS t(a, b);
