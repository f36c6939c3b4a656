-- case: boolean-minus-boolean
SELECT a - b FROM VALUES (true, true) AS t(a, b);
-- case: boolean-minus-tinyint
SELECT a - b FROM VALUES (true, 1Y) AS t(a, b);
-- case: boolean-minus-smallint
SELECT a - b FROM VALUES (true, 1S) AS t(a, b);
-- case: boolean-minus-int
SELECT a - b FROM VALUES (true, 1) AS t(a, b);
-- case: boolean-minus-bigint
SELECT a - b FROM VALUES (true, 1L) AS t(a, b);
-- case: boolean-minus-float
SELECT a - b FROM VALUES (true, 1.5F) AS t(a, b);
-- case: boolean-minus-double
SELECT a - b FROM VALUES (true, 1.5D) AS t(a, b);
-- case: boolean-minus-decimal
SELECT a - b FROM VALUES (true, 1.50) AS t(a, b);
-- case: boolean-minus-string
SELECT a - b FROM VALUES (true, '1') AS t(a, b);
-- case: boolean-minus-binary
SELECT a - b FROM VALUES (true, x'31') AS t(a, b);
-- case: boolean-minus-date
SELECT a - b FROM VALUES (true, date'2024-01-01') AS t(a, b);
-- case: boolean-minus-timestamp
SELECT a - b FROM VALUES (true, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: boolean-minus-timestamp-ntz
SELECT a - b FROM VALUES (true, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: boolean-minus-ym-interval
SELECT a - b FROM VALUES (true, interval '1' month) AS t(a, b);
-- case: boolean-minus-dt-interval
SELECT a - b FROM VALUES (true, interval '1' day) AS t(a, b);
-- case: boolean-minus-null
SELECT a - b FROM VALUES (true, NULL) AS t(a, b);
-- case: tinyint-minus-boolean
SELECT a - b FROM VALUES (1Y, true) AS t(a, b);
-- case: tinyint-minus-tinyint
SELECT a - b FROM VALUES (1Y, 1Y) AS t(a, b);
-- case: tinyint-minus-smallint
SELECT a - b FROM VALUES (1Y, 1S) AS t(a, b);
-- case: tinyint-minus-int
SELECT a - b FROM VALUES (1Y, 1) AS t(a, b);
-- case: tinyint-minus-bigint
SELECT a - b FROM VALUES (1Y, 1L) AS t(a, b);
-- case: tinyint-minus-float
SELECT a - b FROM VALUES (1Y, 1.5F) AS t(a, b);
-- case: tinyint-minus-double
SELECT a - b FROM VALUES (1Y, 1.5D) AS t(a, b);
-- case: tinyint-minus-decimal
SELECT a - b FROM VALUES (1Y, 1.50) AS t(a, b);
-- case: tinyint-minus-string
SELECT a - b FROM VALUES (1Y, '1') AS t(a, b);
-- case: tinyint-minus-binary
SELECT a - b FROM VALUES (1Y, x'31') AS t(a, b);
-- case: tinyint-minus-date
SELECT a - b FROM VALUES (1Y, date'2024-01-01') AS t(a, b);
-- case: tinyint-minus-timestamp
SELECT a - b FROM VALUES (1Y, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: tinyint-minus-timestamp-ntz
SELECT a - b FROM VALUES (1Y, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: tinyint-minus-ym-interval
SELECT a - b FROM VALUES (1Y, interval '1' month) AS t(a, b);
-- case: tinyint-minus-dt-interval
SELECT a - b FROM VALUES (1Y, interval '1' day) AS t(a, b);
-- case: tinyint-minus-null
SELECT a - b FROM VALUES (1Y, NULL) AS t(a, b);
-- case: smallint-minus-boolean
SELECT a - b FROM VALUES (1S, true) AS t(a, b);
-- case: smallint-minus-tinyint
SELECT a - b FROM VALUES (1S, 1Y) AS t(a, b);
-- case: smallint-minus-smallint
SELECT a - b FROM VALUES (1S, 1S) AS t(a, b);
-- case: smallint-minus-int
SELECT a - b FROM VALUES (1S, 1) AS t(a, b);
-- case: smallint-minus-bigint
SELECT a - b FROM VALUES (1S, 1L) AS t(a, b);
-- case: smallint-minus-float
SELECT a - b FROM VALUES (1S, 1.5F) AS t(a, b);
-- case: smallint-minus-double
SELECT a - b FROM VALUES (1S, 1.5D) AS t(a, b);
-- case: smallint-minus-decimal
SELECT a - b FROM VALUES (1S, 1.50) AS t(a, b);
-- case: smallint-minus-string
SELECT a - b FROM VALUES (1S, '1') AS t(a, b);
-- case: smallint-minus-binary
SELECT a - b FROM VALUES (1S, x'31') AS t(a, b);
-- case: smallint-minus-date
SELECT a - b FROM VALUES (1S, date'2024-01-01') AS t(a, b);
-- case: smallint-minus-timestamp
SELECT a - b FROM VALUES (1S, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: smallint-minus-timestamp-ntz
SELECT a - b FROM VALUES (1S, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: smallint-minus-ym-interval
SELECT a - b FROM VALUES (1S, interval '1' month) AS t(a, b);
-- case: smallint-minus-dt-interval
SELECT a - b FROM VALUES (1S, interval '1' day) AS t(a, b);
-- case: smallint-minus-null
SELECT a - b FROM VALUES (1S, NULL) AS t(a, b);
-- case: int-minus-boolean
SELECT a - b FROM VALUES (1, true) AS t(a, b);
-- case: int-minus-tinyint
SELECT a - b FROM VALUES (1, 1Y) AS t(a, b);
-- case: int-minus-smallint
SELECT a - b FROM VALUES (1, 1S) AS t(a, b);
-- case: int-minus-int
SELECT a - b FROM VALUES (1, 1) AS t(a, b);
-- case: int-minus-bigint
SELECT a - b FROM VALUES (1, 1L) AS t(a, b);
-- case: int-minus-float
SELECT a - b FROM VALUES (1, 1.5F) AS t(a, b);
-- case: int-minus-double
SELECT a - b FROM VALUES (1, 1.5D) AS t(a, b);
-- case: int-minus-decimal
SELECT a - b FROM VALUES (1, 1.50) AS t(a, b);
-- case: int-minus-string
SELECT a - b FROM VALUES (1, '1') AS t(a, b);
-- case: int-minus-binary
SELECT a - b FROM VALUES (1, x'31') AS t(a, b);
-- case: int-minus-date
SELECT a - b FROM VALUES (1, date'2024-01-01') AS t(a, b);
-- case: int-minus-timestamp
SELECT a - b FROM VALUES (1, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: int-minus-timestamp-ntz
SELECT a - b FROM VALUES (1, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: int-minus-ym-interval
SELECT a - b FROM VALUES (1, interval '1' month) AS t(a, b);
-- case: int-minus-dt-interval
SELECT a - b FROM VALUES (1, interval '1' day) AS t(a, b);
-- case: int-minus-null
SELECT a - b FROM VALUES (1, NULL) AS t(a, b);
-- case: bigint-minus-boolean
SELECT a - b FROM VALUES (1L, true) AS t(a, b);
-- case: bigint-minus-tinyint
SELECT a - b FROM VALUES (1L, 1Y) AS t(a, b);
-- case: bigint-minus-smallint
SELECT a - b FROM VALUES (1L, 1S) AS t(a, b);
-- case: bigint-minus-int
SELECT a - b FROM VALUES (1L, 1) AS t(a, b);
-- case: bigint-minus-bigint
SELECT a - b FROM VALUES (1L, 1L) AS t(a, b);
-- case: bigint-minus-float
SELECT a - b FROM VALUES (1L, 1.5F) AS t(a, b);
-- case: bigint-minus-double
SELECT a - b FROM VALUES (1L, 1.5D) AS t(a, b);
-- case: bigint-minus-decimal
SELECT a - b FROM VALUES (1L, 1.50) AS t(a, b);
-- case: bigint-minus-string
SELECT a - b FROM VALUES (1L, '1') AS t(a, b);
-- case: bigint-minus-binary
SELECT a - b FROM VALUES (1L, x'31') AS t(a, b);
-- case: bigint-minus-date
SELECT a - b FROM VALUES (1L, date'2024-01-01') AS t(a, b);
-- case: bigint-minus-timestamp
SELECT a - b FROM VALUES (1L, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: bigint-minus-timestamp-ntz
SELECT a - b FROM VALUES (1L, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: bigint-minus-ym-interval
SELECT a - b FROM VALUES (1L, interval '1' month) AS t(a, b);
-- case: bigint-minus-dt-interval
SELECT a - b FROM VALUES (1L, interval '1' day) AS t(a, b);
-- case: bigint-minus-null
SELECT a - b FROM VALUES (1L, NULL) AS t(a, b);
-- case: float-minus-boolean
SELECT a - b FROM VALUES (1.5F, true) AS t(a, b);
-- case: float-minus-tinyint
SELECT a - b FROM VALUES (1.5F, 1Y) AS t(a, b);
-- case: float-minus-smallint
SELECT a - b FROM VALUES (1.5F, 1S) AS t(a, b);
-- case: float-minus-int
SELECT a - b FROM VALUES (1.5F, 1) AS t(a, b);
-- case: float-minus-bigint
SELECT a - b FROM VALUES (1.5F, 1L) AS t(a, b);
-- case: float-minus-float
SELECT a - b FROM VALUES (1.5F, 1.5F) AS t(a, b);
-- case: float-minus-double
SELECT a - b FROM VALUES (1.5F, 1.5D) AS t(a, b);
-- case: float-minus-decimal
SELECT a - b FROM VALUES (1.5F, 1.50) AS t(a, b);
-- case: float-minus-string
SELECT a - b FROM VALUES (1.5F, '1') AS t(a, b);
-- case: float-minus-binary
SELECT a - b FROM VALUES (1.5F, x'31') AS t(a, b);
-- case: float-minus-date
SELECT a - b FROM VALUES (1.5F, date'2024-01-01') AS t(a, b);
-- case: float-minus-timestamp
SELECT a - b FROM VALUES (1.5F, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: float-minus-timestamp-ntz
SELECT a - b FROM VALUES (1.5F, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: float-minus-ym-interval
SELECT a - b FROM VALUES (1.5F, interval '1' month) AS t(a, b);
-- case: float-minus-dt-interval
SELECT a - b FROM VALUES (1.5F, interval '1' day) AS t(a, b);
-- case: float-minus-null
SELECT a - b FROM VALUES (1.5F, NULL) AS t(a, b);
-- case: double-minus-boolean
SELECT a - b FROM VALUES (1.5D, true) AS t(a, b);
-- case: double-minus-tinyint
SELECT a - b FROM VALUES (1.5D, 1Y) AS t(a, b);
-- case: double-minus-smallint
SELECT a - b FROM VALUES (1.5D, 1S) AS t(a, b);
-- case: double-minus-int
SELECT a - b FROM VALUES (1.5D, 1) AS t(a, b);
-- case: double-minus-bigint
SELECT a - b FROM VALUES (1.5D, 1L) AS t(a, b);
-- case: double-minus-float
SELECT a - b FROM VALUES (1.5D, 1.5F) AS t(a, b);
-- case: double-minus-double
SELECT a - b FROM VALUES (1.5D, 1.5D) AS t(a, b);
-- case: double-minus-decimal
SELECT a - b FROM VALUES (1.5D, 1.50) AS t(a, b);
-- case: double-minus-string
SELECT a - b FROM VALUES (1.5D, '1') AS t(a, b);
-- case: double-minus-binary
SELECT a - b FROM VALUES (1.5D, x'31') AS t(a, b);
-- case: double-minus-date
SELECT a - b FROM VALUES (1.5D, date'2024-01-01') AS t(a, b);
-- case: double-minus-timestamp
SELECT a - b FROM VALUES (1.5D, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: double-minus-timestamp-ntz
SELECT a - b FROM VALUES (1.5D, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: double-minus-ym-interval
SELECT a - b FROM VALUES (1.5D, interval '1' month) AS t(a, b);
-- case: double-minus-dt-interval
SELECT a - b FROM VALUES (1.5D, interval '1' day) AS t(a, b);
-- case: double-minus-null
SELECT a - b FROM VALUES (1.5D, NULL) AS t(a, b);
-- case: decimal-minus-boolean
SELECT a - b FROM VALUES (1.50, true) AS t(a, b);
-- case: decimal-minus-tinyint
SELECT a - b FROM VALUES (1.50, 1Y) AS t(a, b);
-- case: decimal-minus-smallint
SELECT a - b FROM VALUES (1.50, 1S) AS t(a, b);
-- case: decimal-minus-int
SELECT a - b FROM VALUES (1.50, 1) AS t(a, b);
-- case: decimal-minus-bigint
SELECT a - b FROM VALUES (1.50, 1L) AS t(a, b);
-- case: decimal-minus-float
SELECT a - b FROM VALUES (1.50, 1.5F) AS t(a, b);
-- case: decimal-minus-double
SELECT a - b FROM VALUES (1.50, 1.5D) AS t(a, b);
-- case: decimal-minus-decimal
SELECT a - b FROM VALUES (1.50, 1.50) AS t(a, b);
-- case: decimal-minus-string
SELECT a - b FROM VALUES (1.50, '1') AS t(a, b);
-- case: decimal-minus-binary
SELECT a - b FROM VALUES (1.50, x'31') AS t(a, b);
-- case: decimal-minus-date
SELECT a - b FROM VALUES (1.50, date'2024-01-01') AS t(a, b);
-- case: decimal-minus-timestamp
SELECT a - b FROM VALUES (1.50, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: decimal-minus-timestamp-ntz
SELECT a - b FROM VALUES (1.50, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: decimal-minus-ym-interval
SELECT a - b FROM VALUES (1.50, interval '1' month) AS t(a, b);
-- case: decimal-minus-dt-interval
SELECT a - b FROM VALUES (1.50, interval '1' day) AS t(a, b);
-- case: decimal-minus-null
SELECT a - b FROM VALUES (1.50, NULL) AS t(a, b);
-- case: string-minus-boolean
SELECT a - b FROM VALUES ('1', true) AS t(a, b);
-- case: string-minus-tinyint
SELECT a - b FROM VALUES ('1', 1Y) AS t(a, b);
-- case: string-minus-smallint
SELECT a - b FROM VALUES ('1', 1S) AS t(a, b);
-- case: string-minus-int
SELECT a - b FROM VALUES ('1', 1) AS t(a, b);
-- case: string-minus-bigint
SELECT a - b FROM VALUES ('1', 1L) AS t(a, b);
-- case: string-minus-float
SELECT a - b FROM VALUES ('1', 1.5F) AS t(a, b);
-- case: string-minus-double
SELECT a - b FROM VALUES ('1', 1.5D) AS t(a, b);
-- case: string-minus-decimal
SELECT a - b FROM VALUES ('1', 1.50) AS t(a, b);
-- case: string-minus-string
SELECT a - b FROM VALUES ('1', '1') AS t(a, b);
-- case: string-minus-binary
SELECT a - b FROM VALUES ('1', x'31') AS t(a, b);
-- case: string-minus-date
SELECT a - b FROM VALUES ('1', date'2024-01-01') AS t(a, b);
-- case: string-minus-timestamp
SELECT a - b FROM VALUES ('1', timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: string-minus-timestamp-ntz
SELECT a - b FROM VALUES ('1', timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: string-minus-ym-interval
SELECT a - b FROM VALUES ('1', interval '1' month) AS t(a, b);
-- case: string-minus-dt-interval
SELECT a - b FROM VALUES ('1', interval '1' day) AS t(a, b);
-- case: string-minus-null
SELECT a - b FROM VALUES ('1', NULL) AS t(a, b);
-- case: binary-minus-boolean
SELECT a - b FROM VALUES (x'31', true) AS t(a, b);
-- case: binary-minus-tinyint
SELECT a - b FROM VALUES (x'31', 1Y) AS t(a, b);
-- case: binary-minus-smallint
SELECT a - b FROM VALUES (x'31', 1S) AS t(a, b);
-- case: binary-minus-int
SELECT a - b FROM VALUES (x'31', 1) AS t(a, b);
-- case: binary-minus-bigint
SELECT a - b FROM VALUES (x'31', 1L) AS t(a, b);
-- case: binary-minus-float
SELECT a - b FROM VALUES (x'31', 1.5F) AS t(a, b);
-- case: binary-minus-double
SELECT a - b FROM VALUES (x'31', 1.5D) AS t(a, b);
-- case: binary-minus-decimal
SELECT a - b FROM VALUES (x'31', 1.50) AS t(a, b);
-- case: binary-minus-string
SELECT a - b FROM VALUES (x'31', '1') AS t(a, b);
-- case: binary-minus-binary
SELECT a - b FROM VALUES (x'31', x'31') AS t(a, b);
-- case: binary-minus-date
SELECT a - b FROM VALUES (x'31', date'2024-01-01') AS t(a, b);
-- case: binary-minus-timestamp
SELECT a - b FROM VALUES (x'31', timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: binary-minus-timestamp-ntz
SELECT a - b FROM VALUES (x'31', timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: binary-minus-ym-interval
SELECT a - b FROM VALUES (x'31', interval '1' month) AS t(a, b);
-- case: binary-minus-dt-interval
SELECT a - b FROM VALUES (x'31', interval '1' day) AS t(a, b);
-- case: binary-minus-null
SELECT a - b FROM VALUES (x'31', NULL) AS t(a, b);
-- case: date-minus-boolean
SELECT a - b FROM VALUES (date'2024-01-01', true) AS t(a, b);
-- case: date-minus-tinyint
SELECT a - b FROM VALUES (date'2024-01-01', 1Y) AS t(a, b);
-- case: date-minus-smallint
SELECT a - b FROM VALUES (date'2024-01-01', 1S) AS t(a, b);
-- case: date-minus-int
SELECT a - b FROM VALUES (date'2024-01-01', 1) AS t(a, b);
-- case: date-minus-bigint
SELECT a - b FROM VALUES (date'2024-01-01', 1L) AS t(a, b);
-- case: date-minus-float
SELECT a - b FROM VALUES (date'2024-01-01', 1.5F) AS t(a, b);
-- case: date-minus-double
SELECT a - b FROM VALUES (date'2024-01-01', 1.5D) AS t(a, b);
-- case: date-minus-decimal
SELECT a - b FROM VALUES (date'2024-01-01', 1.50) AS t(a, b);
-- case: date-minus-string
SELECT a - b FROM VALUES (date'2024-01-01', '1') AS t(a, b);
-- case: date-minus-binary
SELECT a - b FROM VALUES (date'2024-01-01', x'31') AS t(a, b);
-- case: date-minus-date
SELECT a - b FROM VALUES (date'2024-01-01', date'2024-01-01') AS t(a, b);
-- case: date-minus-timestamp
SELECT a - b FROM VALUES (date'2024-01-01', timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: date-minus-timestamp-ntz
SELECT a - b FROM VALUES (date'2024-01-01', timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: date-minus-ym-interval
SELECT a - b FROM VALUES (date'2024-01-01', interval '1' month) AS t(a, b);
-- case: date-minus-dt-interval
SELECT a - b FROM VALUES (date'2024-01-01', interval '1' day) AS t(a, b);
-- case: date-minus-null
SELECT a - b FROM VALUES (date'2024-01-01', NULL) AS t(a, b);
-- case: timestamp-minus-boolean
SELECT a - b FROM VALUES (timestamp'2024-01-01 10:00:00', true) AS t(a, b);
-- case: timestamp-minus-tinyint
SELECT a - b FROM VALUES (timestamp'2024-01-01 10:00:00', 1Y) AS t(a, b);
-- case: timestamp-minus-smallint
SELECT a - b FROM VALUES (timestamp'2024-01-01 10:00:00', 1S) AS t(a, b);
-- case: timestamp-minus-int
SELECT a - b FROM VALUES (timestamp'2024-01-01 10:00:00', 1) AS t(a, b);
-- case: timestamp-minus-bigint
SELECT a - b FROM VALUES (timestamp'2024-01-01 10:00:00', 1L) AS t(a, b);
-- case: timestamp-minus-float
SELECT a - b FROM VALUES (timestamp'2024-01-01 10:00:00', 1.5F) AS t(a, b);
-- case: timestamp-minus-double
SELECT a - b FROM VALUES (timestamp'2024-01-01 10:00:00', 1.5D) AS t(a, b);
-- case: timestamp-minus-decimal
SELECT a - b FROM VALUES (timestamp'2024-01-01 10:00:00', 1.50) AS t(a, b);
-- case: timestamp-minus-string
SELECT a - b FROM VALUES (timestamp'2024-01-01 10:00:00', '1') AS t(a, b);
-- case: timestamp-minus-binary
SELECT a - b FROM VALUES (timestamp'2024-01-01 10:00:00', x'31') AS t(a, b);
-- case: timestamp-minus-date
SELECT a - b FROM VALUES (timestamp'2024-01-01 10:00:00', date'2024-01-01') AS t(a, b);
-- case: timestamp-minus-timestamp
SELECT a - b FROM VALUES (timestamp'2024-01-01 10:00:00', timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: timestamp-minus-timestamp-ntz
SELECT a - b FROM VALUES (timestamp'2024-01-01 10:00:00', timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: timestamp-minus-ym-interval
SELECT a - b FROM VALUES (timestamp'2024-01-01 10:00:00', interval '1' month) AS t(a, b);
-- case: timestamp-minus-dt-interval
SELECT a - b FROM VALUES (timestamp'2024-01-01 10:00:00', interval '1' day) AS t(a, b);
-- case: timestamp-minus-null
SELECT a - b FROM VALUES (timestamp'2024-01-01 10:00:00', NULL) AS t(a, b);
-- case: timestamp-ntz-minus-boolean
SELECT a - b FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', true) AS t(a, b);
-- case: timestamp-ntz-minus-tinyint
SELECT a - b FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', 1Y) AS t(a, b);
-- case: timestamp-ntz-minus-smallint
SELECT a - b FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', 1S) AS t(a, b);
-- case: timestamp-ntz-minus-int
SELECT a - b FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', 1) AS t(a, b);
-- case: timestamp-ntz-minus-bigint
SELECT a - b FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', 1L) AS t(a, b);
-- case: timestamp-ntz-minus-float
SELECT a - b FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', 1.5F) AS t(a, b);
-- case: timestamp-ntz-minus-double
SELECT a - b FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', 1.5D) AS t(a, b);
-- case: timestamp-ntz-minus-decimal
SELECT a - b FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', 1.50) AS t(a, b);
-- case: timestamp-ntz-minus-string
SELECT a - b FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', '1') AS t(a, b);
-- case: timestamp-ntz-minus-binary
SELECT a - b FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', x'31') AS t(a, b);
-- case: timestamp-ntz-minus-date
SELECT a - b FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', date'2024-01-01') AS t(a, b);
-- case: timestamp-ntz-minus-timestamp
SELECT a - b FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: timestamp-ntz-minus-timestamp-ntz
SELECT a - b FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: timestamp-ntz-minus-ym-interval
SELECT a - b FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', interval '1' month) AS t(a, b);
-- case: timestamp-ntz-minus-dt-interval
SELECT a - b FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', interval '1' day) AS t(a, b);
-- case: timestamp-ntz-minus-null
SELECT a - b FROM VALUES (timestamp_ntz'2024-01-01 10:00:00', NULL) AS t(a, b);
-- case: ym-interval-minus-boolean
SELECT a - b FROM VALUES (interval '1' month, true) AS t(a, b);
-- case: ym-interval-minus-tinyint
SELECT a - b FROM VALUES (interval '1' month, 1Y) AS t(a, b);
-- case: ym-interval-minus-smallint
SELECT a - b FROM VALUES (interval '1' month, 1S) AS t(a, b);
-- case: ym-interval-minus-int
SELECT a - b FROM VALUES (interval '1' month, 1) AS t(a, b);
-- case: ym-interval-minus-bigint
SELECT a - b FROM VALUES (interval '1' month, 1L) AS t(a, b);
-- case: ym-interval-minus-float
SELECT a - b FROM VALUES (interval '1' month, 1.5F) AS t(a, b);
-- case: ym-interval-minus-double
SELECT a - b FROM VALUES (interval '1' month, 1.5D) AS t(a, b);
-- case: ym-interval-minus-decimal
SELECT a - b FROM VALUES (interval '1' month, 1.50) AS t(a, b);
-- case: ym-interval-minus-string
SELECT a - b FROM VALUES (interval '1' month, '1') AS t(a, b);
-- case: ym-interval-minus-binary
SELECT a - b FROM VALUES (interval '1' month, x'31') AS t(a, b);
-- case: ym-interval-minus-date
SELECT a - b FROM VALUES (interval '1' month, date'2024-01-01') AS t(a, b);
-- case: ym-interval-minus-timestamp
SELECT a - b FROM VALUES (interval '1' month, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: ym-interval-minus-timestamp-ntz
SELECT a - b FROM VALUES (interval '1' month, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: ym-interval-minus-ym-interval
SELECT a - b FROM VALUES (interval '1' month, interval '1' month) AS t(a, b);
-- case: ym-interval-minus-dt-interval
SELECT a - b FROM VALUES (interval '1' month, interval '1' day) AS t(a, b);
-- case: ym-interval-minus-null
SELECT a - b FROM VALUES (interval '1' month, NULL) AS t(a, b);
-- case: dt-interval-minus-boolean
SELECT a - b FROM VALUES (interval '1' day, true) AS t(a, b);
-- case: dt-interval-minus-tinyint
SELECT a - b FROM VALUES (interval '1' day, 1Y) AS t(a, b);
-- case: dt-interval-minus-smallint
SELECT a - b FROM VALUES (interval '1' day, 1S) AS t(a, b);
-- case: dt-interval-minus-int
SELECT a - b FROM VALUES (interval '1' day, 1) AS t(a, b);
-- case: dt-interval-minus-bigint
SELECT a - b FROM VALUES (interval '1' day, 1L) AS t(a, b);
-- case: dt-interval-minus-float
SELECT a - b FROM VALUES (interval '1' day, 1.5F) AS t(a, b);
-- case: dt-interval-minus-double
SELECT a - b FROM VALUES (interval '1' day, 1.5D) AS t(a, b);
-- case: dt-interval-minus-decimal
SELECT a - b FROM VALUES (interval '1' day, 1.50) AS t(a, b);
-- case: dt-interval-minus-string
SELECT a - b FROM VALUES (interval '1' day, '1') AS t(a, b);
-- case: dt-interval-minus-binary
SELECT a - b FROM VALUES (interval '1' day, x'31') AS t(a, b);
-- case: dt-interval-minus-date
SELECT a - b FROM VALUES (interval '1' day, date'2024-01-01') AS t(a, b);
-- case: dt-interval-minus-timestamp
SELECT a - b FROM VALUES (interval '1' day, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: dt-interval-minus-timestamp-ntz
SELECT a - b FROM VALUES (interval '1' day, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: dt-interval-minus-ym-interval
SELECT a - b FROM VALUES (interval '1' day, interval '1' month) AS t(a, b);
-- case: dt-interval-minus-dt-interval
SELECT a - b FROM VALUES (interval '1' day, interval '1' day) AS t(a, b);
-- case: dt-interval-minus-null
SELECT a - b FROM VALUES (interval '1' day, NULL) AS t(a, b);
-- case: null-minus-boolean
SELECT a - b FROM VALUES (NULL, true) AS t(a, b);
-- case: null-minus-tinyint
SELECT a - b FROM VALUES (NULL, 1Y) AS t(a, b);
-- case: null-minus-smallint
SELECT a - b FROM VALUES (NULL, 1S) AS t(a, b);
-- case: null-minus-int
SELECT a - b FROM VALUES (NULL, 1) AS t(a, b);
-- case: null-minus-bigint
SELECT a - b FROM VALUES (NULL, 1L) AS t(a, b);
-- case: null-minus-float
SELECT a - b FROM VALUES (NULL, 1.5F) AS t(a, b);
-- case: null-minus-double
SELECT a - b FROM VALUES (NULL, 1.5D) AS t(a, b);
-- case: null-minus-decimal
SELECT a - b FROM VALUES (NULL, 1.50) AS t(a, b);
-- case: null-minus-string
SELECT a - b FROM VALUES (NULL, '1') AS t(a, b);
-- case: null-minus-binary
SELECT a - b FROM VALUES (NULL, x'31') AS t(a, b);
-- case: null-minus-date
SELECT a - b FROM VALUES (NULL, date'2024-01-01') AS t(a, b);
-- case: null-minus-timestamp
SELECT a - b FROM VALUES (NULL, timestamp'2024-01-01 10:00:00') AS t(a, b);
-- case: null-minus-timestamp-ntz
SELECT a - b FROM VALUES (NULL, timestamp_ntz'2024-01-01 10:00:00') AS t(a, b);
-- case: null-minus-ym-interval
SELECT a - b FROM VALUES (NULL, interval '1' month) AS t(a, b);
-- case: null-minus-dt-interval
SELECT a - b FROM VALUES (NULL, interval '1' day) AS t(a, b);
-- case: null-minus-null
SELECT a - b FROM VALUES (NULL, NULL) AS t(a, b);
