-- case: boolean-by-boolean
SELECT a / b FROM VALUES (true, true) AS t(a, b);
-- case: boolean-by-tinyint
SELECT a / b FROM VALUES (true, 1Y) AS t(a, b);
-- case: boolean-by-smallint
SELECT a / b FROM VALUES (true, 1S) AS t(a, b);
-- case: boolean-by-int
SELECT a / b FROM VALUES (true, 1) AS t(a, b);
-- case: boolean-by-bigint
SELECT a / b FROM VALUES (true, 1L) AS t(a, b);
-- case: boolean-by-float
SELECT a / b FROM VALUES (true, 1.5F) AS t(a, b);
-- case: boolean-by-double
SELECT a / b FROM VALUES (true, 1.5D) AS t(a, b);
-- case: boolean-by-decimal
SELECT a / b FROM VALUES (true, 1.50) AS t(a, b);
-- case: boolean-by-string
SELECT a / b FROM VALUES (true, '1') AS t(a, b);
-- case: boolean-by-null
SELECT a / b FROM VALUES (true, NULL) AS t(a, b);
-- case: boolean-by-dt-interval
SELECT a / b FROM VALUES (true, interval '1' day) AS t(a, b);
-- case: tinyint-by-boolean
SELECT a / b FROM VALUES (1Y, true) AS t(a, b);
-- case: tinyint-by-tinyint
SELECT a / b FROM VALUES (1Y, 1Y) AS t(a, b);
-- case: tinyint-by-smallint
SELECT a / b FROM VALUES (1Y, 1S) AS t(a, b);
-- case: tinyint-by-int
SELECT a / b FROM VALUES (1Y, 1) AS t(a, b);
-- case: tinyint-by-bigint
SELECT a / b FROM VALUES (1Y, 1L) AS t(a, b);
-- case: tinyint-by-float
SELECT a / b FROM VALUES (1Y, 1.5F) AS t(a, b);
-- case: tinyint-by-double
SELECT a / b FROM VALUES (1Y, 1.5D) AS t(a, b);
-- case: tinyint-by-decimal
SELECT a / b FROM VALUES (1Y, 1.50) AS t(a, b);
-- case: tinyint-by-string
SELECT a / b FROM VALUES (1Y, '1') AS t(a, b);
-- case: tinyint-by-null
SELECT a / b FROM VALUES (1Y, NULL) AS t(a, b);
-- case: tinyint-by-dt-interval
SELECT a / b FROM VALUES (1Y, interval '1' day) AS t(a, b);
-- case: smallint-by-boolean
SELECT a / b FROM VALUES (1S, true) AS t(a, b);
-- case: smallint-by-tinyint
SELECT a / b FROM VALUES (1S, 1Y) AS t(a, b);
-- case: smallint-by-smallint
SELECT a / b FROM VALUES (1S, 1S) AS t(a, b);
-- case: smallint-by-int
SELECT a / b FROM VALUES (1S, 1) AS t(a, b);
-- case: smallint-by-bigint
SELECT a / b FROM VALUES (1S, 1L) AS t(a, b);
-- case: smallint-by-float
SELECT a / b FROM VALUES (1S, 1.5F) AS t(a, b);
-- case: smallint-by-double
SELECT a / b FROM VALUES (1S, 1.5D) AS t(a, b);
-- case: smallint-by-decimal
SELECT a / b FROM VALUES (1S, 1.50) AS t(a, b);
-- case: smallint-by-string
SELECT a / b FROM VALUES (1S, '1') AS t(a, b);
-- case: smallint-by-null
SELECT a / b FROM VALUES (1S, NULL) AS t(a, b);
-- case: smallint-by-dt-interval
SELECT a / b FROM VALUES (1S, interval '1' day) AS t(a, b);
-- case: int-by-boolean
SELECT a / b FROM VALUES (1, true) AS t(a, b);
-- case: int-by-tinyint
SELECT a / b FROM VALUES (1, 1Y) AS t(a, b);
-- case: int-by-smallint
SELECT a / b FROM VALUES (1, 1S) AS t(a, b);
-- case: int-by-int
SELECT a / b FROM VALUES (1, 1) AS t(a, b);
-- case: int-by-bigint
SELECT a / b FROM VALUES (1, 1L) AS t(a, b);
-- case: int-by-float
SELECT a / b FROM VALUES (1, 1.5F) AS t(a, b);
-- case: int-by-double
SELECT a / b FROM VALUES (1, 1.5D) AS t(a, b);
-- case: int-by-decimal
SELECT a / b FROM VALUES (1, 1.50) AS t(a, b);
-- case: int-by-string
SELECT a / b FROM VALUES (1, '1') AS t(a, b);
-- case: int-by-null
SELECT a / b FROM VALUES (1, NULL) AS t(a, b);
-- case: int-by-dt-interval
SELECT a / b FROM VALUES (1, interval '1' day) AS t(a, b);
-- case: bigint-by-boolean
SELECT a / b FROM VALUES (1L, true) AS t(a, b);
-- case: bigint-by-tinyint
SELECT a / b FROM VALUES (1L, 1Y) AS t(a, b);
-- case: bigint-by-smallint
SELECT a / b FROM VALUES (1L, 1S) AS t(a, b);
-- case: bigint-by-int
SELECT a / b FROM VALUES (1L, 1) AS t(a, b);
-- case: bigint-by-bigint
SELECT a / b FROM VALUES (1L, 1L) AS t(a, b);
-- case: bigint-by-float
SELECT a / b FROM VALUES (1L, 1.5F) AS t(a, b);
-- case: bigint-by-double
SELECT a / b FROM VALUES (1L, 1.5D) AS t(a, b);
-- case: bigint-by-decimal
SELECT a / b FROM VALUES (1L, 1.50) AS t(a, b);
-- case: bigint-by-string
SELECT a / b FROM VALUES (1L, '1') AS t(a, b);
-- case: bigint-by-null
SELECT a / b FROM VALUES (1L, NULL) AS t(a, b);
-- case: bigint-by-dt-interval
SELECT a / b FROM VALUES (1L, interval '1' day) AS t(a, b);
-- case: float-by-boolean
SELECT a / b FROM VALUES (1.5F, true) AS t(a, b);
-- case: float-by-tinyint
SELECT a / b FROM VALUES (1.5F, 1Y) AS t(a, b);
-- case: float-by-smallint
SELECT a / b FROM VALUES (1.5F, 1S) AS t(a, b);
-- case: float-by-int
SELECT a / b FROM VALUES (1.5F, 1) AS t(a, b);
-- case: float-by-bigint
SELECT a / b FROM VALUES (1.5F, 1L) AS t(a, b);
-- case: float-by-float
SELECT a / b FROM VALUES (1.5F, 1.5F) AS t(a, b);
-- case: float-by-double
SELECT a / b FROM VALUES (1.5F, 1.5D) AS t(a, b);
-- case: float-by-decimal
SELECT a / b FROM VALUES (1.5F, 1.50) AS t(a, b);
-- case: float-by-string
SELECT a / b FROM VALUES (1.5F, '1') AS t(a, b);
-- case: float-by-null
SELECT a / b FROM VALUES (1.5F, NULL) AS t(a, b);
-- case: float-by-dt-interval
SELECT a / b FROM VALUES (1.5F, interval '1' day) AS t(a, b);
-- case: double-by-boolean
SELECT a / b FROM VALUES (1.5D, true) AS t(a, b);
-- case: double-by-tinyint
SELECT a / b FROM VALUES (1.5D, 1Y) AS t(a, b);
-- case: double-by-smallint
SELECT a / b FROM VALUES (1.5D, 1S) AS t(a, b);
-- case: double-by-int
SELECT a / b FROM VALUES (1.5D, 1) AS t(a, b);
-- case: double-by-bigint
SELECT a / b FROM VALUES (1.5D, 1L) AS t(a, b);
-- case: double-by-float
SELECT a / b FROM VALUES (1.5D, 1.5F) AS t(a, b);
-- case: double-by-double
SELECT a / b FROM VALUES (1.5D, 1.5D) AS t(a, b);
-- case: double-by-decimal
SELECT a / b FROM VALUES (1.5D, 1.50) AS t(a, b);
-- case: double-by-string
SELECT a / b FROM VALUES (1.5D, '1') AS t(a, b);
-- case: double-by-null
SELECT a / b FROM VALUES (1.5D, NULL) AS t(a, b);
-- case: double-by-dt-interval
SELECT a / b FROM VALUES (1.5D, interval '1' day) AS t(a, b);
-- case: decimal-by-boolean
SELECT a / b FROM VALUES (1.50, true) AS t(a, b);
-- case: decimal-by-tinyint
SELECT a / b FROM VALUES (1.50, 1Y) AS t(a, b);
-- case: decimal-by-smallint
SELECT a / b FROM VALUES (1.50, 1S) AS t(a, b);
-- case: decimal-by-int
SELECT a / b FROM VALUES (1.50, 1) AS t(a, b);
-- case: decimal-by-bigint
SELECT a / b FROM VALUES (1.50, 1L) AS t(a, b);
-- case: decimal-by-float
SELECT a / b FROM VALUES (1.50, 1.5F) AS t(a, b);
-- case: decimal-by-double
SELECT a / b FROM VALUES (1.50, 1.5D) AS t(a, b);
-- case: decimal-by-decimal
SELECT a / b FROM VALUES (1.50, 1.50) AS t(a, b);
-- case: decimal-by-string
SELECT a / b FROM VALUES (1.50, '1') AS t(a, b);
-- case: decimal-by-null
SELECT a / b FROM VALUES (1.50, NULL) AS t(a, b);
-- case: decimal-by-dt-interval
SELECT a / b FROM VALUES (1.50, interval '1' day) AS t(a, b);
-- case: string-by-boolean
SELECT a / b FROM VALUES ('1', true) AS t(a, b);
-- case: string-by-tinyint
SELECT a / b FROM VALUES ('1', 1Y) AS t(a, b);
-- case: string-by-smallint
SELECT a / b FROM VALUES ('1', 1S) AS t(a, b);
-- case: string-by-int
SELECT a / b FROM VALUES ('1', 1) AS t(a, b);
-- case: string-by-bigint
SELECT a / b FROM VALUES ('1', 1L) AS t(a, b);
-- case: string-by-float
SELECT a / b FROM VALUES ('1', 1.5F) AS t(a, b);
-- case: string-by-double
SELECT a / b FROM VALUES ('1', 1.5D) AS t(a, b);
-- case: string-by-decimal
SELECT a / b FROM VALUES ('1', 1.50) AS t(a, b);
-- case: string-by-string
SELECT a / b FROM VALUES ('1', '1') AS t(a, b);
-- case: string-by-null
SELECT a / b FROM VALUES ('1', NULL) AS t(a, b);
-- case: string-by-dt-interval
SELECT a / b FROM VALUES ('1', interval '1' day) AS t(a, b);
-- case: binary-by-boolean
SELECT a / b FROM VALUES (x'31', true) AS t(a, b);
-- case: binary-by-tinyint
SELECT a / b FROM VALUES (x'31', 1Y) AS t(a, b);
-- case: binary-by-smallint
SELECT a / b FROM VALUES (x'31', 1S) AS t(a, b);
-- case: binary-by-int
SELECT a / b FROM VALUES (x'31', 1) AS t(a, b);
-- case: binary-by-bigint
SELECT a / b FROM VALUES (x'31', 1L) AS t(a, b);
-- case: binary-by-float
SELECT a / b FROM VALUES (x'31', 1.5F) AS t(a, b);
-- case: binary-by-double
SELECT a / b FROM VALUES (x'31', 1.5D) AS t(a, b);
-- case: binary-by-decimal
SELECT a / b FROM VALUES (x'31', 1.50) AS t(a, b);
-- case: binary-by-string
SELECT a / b FROM VALUES (x'31', '1') AS t(a, b);
-- case: binary-by-null
SELECT a / b FROM VALUES (x'31', NULL) AS t(a, b);
-- case: binary-by-dt-interval
SELECT a / b FROM VALUES (x'31', interval '1' day) AS t(a, b);
-- case: null-by-boolean
SELECT a / b FROM VALUES (NULL, true) AS t(a, b);
-- case: null-by-tinyint
SELECT a / b FROM VALUES (NULL, 1Y) AS t(a, b);
-- case: null-by-smallint
SELECT a / b FROM VALUES (NULL, 1S) AS t(a, b);
-- case: null-by-int
SELECT a / b FROM VALUES (NULL, 1) AS t(a, b);
-- case: null-by-bigint
SELECT a / b FROM VALUES (NULL, 1L) AS t(a, b);
-- case: null-by-float
SELECT a / b FROM VALUES (NULL, 1.5F) AS t(a, b);
-- case: null-by-double
SELECT a / b FROM VALUES (NULL, 1.5D) AS t(a, b);
-- case: null-by-decimal
SELECT a / b FROM VALUES (NULL, 1.50) AS t(a, b);
-- case: null-by-string
SELECT a / b FROM VALUES (NULL, '1') AS t(a, b);
-- case: null-by-null
SELECT a / b FROM VALUES (NULL, NULL) AS t(a, b);
-- case: null-by-dt-interval
SELECT a / b FROM VALUES (NULL, interval '1' day) AS t(a, b);
-- case: dt-interval-by-boolean
SELECT a / b FROM VALUES (interval '1' day, true) AS t(a, b);
-- case: dt-interval-by-tinyint
SELECT a / b FROM VALUES (interval '1' day, 1Y) AS t(a, b);
-- case: dt-interval-by-smallint
SELECT a / b FROM VALUES (interval '1' day, 1S) AS t(a, b);
-- case: dt-interval-by-int
SELECT a / b FROM VALUES (interval '1' day, 1) AS t(a, b);
-- case: dt-interval-by-bigint
SELECT a / b FROM VALUES (interval '1' day, 1L) AS t(a, b);
-- case: dt-interval-by-float
SELECT a / b FROM VALUES (interval '1' day, 1.5F) AS t(a, b);
-- case: dt-interval-by-double
SELECT a / b FROM VALUES (interval '1' day, 1.5D) AS t(a, b);
-- case: dt-interval-by-decimal
SELECT a / b FROM VALUES (interval '1' day, 1.50) AS t(a, b);
-- case: dt-interval-by-string
SELECT a / b FROM VALUES (interval '1' day, '1') AS t(a, b);
-- case: dt-interval-by-null
SELECT a / b FROM VALUES (interval '1' day, NULL) AS t(a, b);
-- case: dt-interval-by-dt-interval
SELECT a / b FROM VALUES (interval '1' day, interval '1' day) AS t(a, b);
-- case: ym-interval-by-boolean
SELECT a / b FROM VALUES (interval '1' month, true) AS t(a, b);
-- case: ym-interval-by-tinyint
SELECT a / b FROM VALUES (interval '1' month, 1Y) AS t(a, b);
-- case: ym-interval-by-smallint
SELECT a / b FROM VALUES (interval '1' month, 1S) AS t(a, b);
-- case: ym-interval-by-int
SELECT a / b FROM VALUES (interval '1' month, 1) AS t(a, b);
-- case: ym-interval-by-bigint
SELECT a / b FROM VALUES (interval '1' month, 1L) AS t(a, b);
-- case: ym-interval-by-float
SELECT a / b FROM VALUES (interval '1' month, 1.5F) AS t(a, b);
-- case: ym-interval-by-double
SELECT a / b FROM VALUES (interval '1' month, 1.5D) AS t(a, b);
-- case: ym-interval-by-decimal
SELECT a / b FROM VALUES (interval '1' month, 1.50) AS t(a, b);
-- case: ym-interval-by-string
SELECT a / b FROM VALUES (interval '1' month, '1') AS t(a, b);
-- case: ym-interval-by-null
SELECT a / b FROM VALUES (interval '1' month, NULL) AS t(a, b);
-- case: ym-interval-by-dt-interval
SELECT a / b FROM VALUES (interval '1' month, interval '1' day) AS t(a, b);
