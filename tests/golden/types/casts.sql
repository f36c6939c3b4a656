-- case: boolean-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (true) AS t(a);
-- case: boolean-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (true) AS t(a);
-- case: boolean-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (true) AS t(a);
-- case: boolean-to-int
SELECT CAST(a AS INT) FROM VALUES (true) AS t(a);
-- case: boolean-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (true) AS t(a);
-- case: boolean-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (true) AS t(a);
-- case: boolean-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (true) AS t(a);
-- case: boolean-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (true) AS t(a);
-- case: boolean-to-string
SELECT CAST(a AS STRING) FROM VALUES (true) AS t(a);
-- case: boolean-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (true) AS t(a);
-- case: boolean-to-date
SELECT CAST(a AS DATE) FROM VALUES (true) AS t(a);
-- case: boolean-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (true) AS t(a);
-- case: boolean-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (true) AS t(a);
-- case: boolean-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (true) AS t(a);
-- case: boolean-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (true) AS t(a);
-- case: boolean-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (true) AS t(a);
-- case: boolean-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (true) AS t(a);
-- case: boolean-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (true) AS t(a);
-- case: tinyint-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (1Y) AS t(a);
-- case: tinyint-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (1Y) AS t(a);
-- case: tinyint-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (1Y) AS t(a);
-- case: tinyint-to-int
SELECT CAST(a AS INT) FROM VALUES (1Y) AS t(a);
-- case: tinyint-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (1Y) AS t(a);
-- case: tinyint-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (1Y) AS t(a);
-- case: tinyint-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (1Y) AS t(a);
-- case: tinyint-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (1Y) AS t(a);
-- case: tinyint-to-string
SELECT CAST(a AS STRING) FROM VALUES (1Y) AS t(a);
-- case: tinyint-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (1Y) AS t(a);
-- case: tinyint-to-date
SELECT CAST(a AS DATE) FROM VALUES (1Y) AS t(a);
-- case: tinyint-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (1Y) AS t(a);
-- case: tinyint-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (1Y) AS t(a);
-- case: tinyint-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (1Y) AS t(a);
-- case: tinyint-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (1Y) AS t(a);
-- case: tinyint-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (1Y) AS t(a);
-- case: tinyint-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (1Y) AS t(a);
-- case: tinyint-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (1Y) AS t(a);
-- case: smallint-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (1S) AS t(a);
-- case: smallint-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (1S) AS t(a);
-- case: smallint-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (1S) AS t(a);
-- case: smallint-to-int
SELECT CAST(a AS INT) FROM VALUES (1S) AS t(a);
-- case: smallint-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (1S) AS t(a);
-- case: smallint-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (1S) AS t(a);
-- case: smallint-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (1S) AS t(a);
-- case: smallint-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (1S) AS t(a);
-- case: smallint-to-string
SELECT CAST(a AS STRING) FROM VALUES (1S) AS t(a);
-- case: smallint-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (1S) AS t(a);
-- case: smallint-to-date
SELECT CAST(a AS DATE) FROM VALUES (1S) AS t(a);
-- case: smallint-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (1S) AS t(a);
-- case: smallint-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (1S) AS t(a);
-- case: smallint-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (1S) AS t(a);
-- case: smallint-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (1S) AS t(a);
-- case: smallint-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (1S) AS t(a);
-- case: smallint-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (1S) AS t(a);
-- case: smallint-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (1S) AS t(a);
-- case: int-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (1) AS t(a);
-- case: int-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (1) AS t(a);
-- case: int-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (1) AS t(a);
-- case: int-to-int
SELECT CAST(a AS INT) FROM VALUES (1) AS t(a);
-- case: int-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (1) AS t(a);
-- case: int-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (1) AS t(a);
-- case: int-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (1) AS t(a);
-- case: int-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (1) AS t(a);
-- case: int-to-string
SELECT CAST(a AS STRING) FROM VALUES (1) AS t(a);
-- case: int-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (1) AS t(a);
-- case: int-to-date
SELECT CAST(a AS DATE) FROM VALUES (1) AS t(a);
-- case: int-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (1) AS t(a);
-- case: int-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (1) AS t(a);
-- case: int-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (1) AS t(a);
-- case: int-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (1) AS t(a);
-- case: int-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (1) AS t(a);
-- case: int-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (1) AS t(a);
-- case: int-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (1) AS t(a);
-- case: bigint-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (1L) AS t(a);
-- case: bigint-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (1L) AS t(a);
-- case: bigint-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (1L) AS t(a);
-- case: bigint-to-int
SELECT CAST(a AS INT) FROM VALUES (1L) AS t(a);
-- case: bigint-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (1L) AS t(a);
-- case: bigint-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (1L) AS t(a);
-- case: bigint-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (1L) AS t(a);
-- case: bigint-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (1L) AS t(a);
-- case: bigint-to-string
SELECT CAST(a AS STRING) FROM VALUES (1L) AS t(a);
-- case: bigint-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (1L) AS t(a);
-- case: bigint-to-date
SELECT CAST(a AS DATE) FROM VALUES (1L) AS t(a);
-- case: bigint-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (1L) AS t(a);
-- case: bigint-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (1L) AS t(a);
-- case: bigint-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (1L) AS t(a);
-- case: bigint-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (1L) AS t(a);
-- case: bigint-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (1L) AS t(a);
-- case: bigint-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (1L) AS t(a);
-- case: bigint-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (1L) AS t(a);
-- case: float-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (1.5F) AS t(a);
-- case: float-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (1.5F) AS t(a);
-- case: float-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (1.5F) AS t(a);
-- case: float-to-int
SELECT CAST(a AS INT) FROM VALUES (1.5F) AS t(a);
-- case: float-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (1.5F) AS t(a);
-- case: float-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (1.5F) AS t(a);
-- case: float-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (1.5F) AS t(a);
-- case: float-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (1.5F) AS t(a);
-- case: float-to-string
SELECT CAST(a AS STRING) FROM VALUES (1.5F) AS t(a);
-- case: float-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (1.5F) AS t(a);
-- case: float-to-date
SELECT CAST(a AS DATE) FROM VALUES (1.5F) AS t(a);
-- case: float-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (1.5F) AS t(a);
-- case: float-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (1.5F) AS t(a);
-- case: float-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (1.5F) AS t(a);
-- case: float-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (1.5F) AS t(a);
-- case: float-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (1.5F) AS t(a);
-- case: float-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (1.5F) AS t(a);
-- case: float-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (1.5F) AS t(a);
-- case: double-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (1.5D) AS t(a);
-- case: double-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (1.5D) AS t(a);
-- case: double-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (1.5D) AS t(a);
-- case: double-to-int
SELECT CAST(a AS INT) FROM VALUES (1.5D) AS t(a);
-- case: double-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (1.5D) AS t(a);
-- case: double-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (1.5D) AS t(a);
-- case: double-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (1.5D) AS t(a);
-- case: double-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (1.5D) AS t(a);
-- case: double-to-string
SELECT CAST(a AS STRING) FROM VALUES (1.5D) AS t(a);
-- case: double-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (1.5D) AS t(a);
-- case: double-to-date
SELECT CAST(a AS DATE) FROM VALUES (1.5D) AS t(a);
-- case: double-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (1.5D) AS t(a);
-- case: double-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (1.5D) AS t(a);
-- case: double-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (1.5D) AS t(a);
-- case: double-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (1.5D) AS t(a);
-- case: double-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (1.5D) AS t(a);
-- case: double-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (1.5D) AS t(a);
-- case: double-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (1.5D) AS t(a);
-- case: decimal-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (1.50) AS t(a);
-- case: decimal-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (1.50) AS t(a);
-- case: decimal-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (1.50) AS t(a);
-- case: decimal-to-int
SELECT CAST(a AS INT) FROM VALUES (1.50) AS t(a);
-- case: decimal-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (1.50) AS t(a);
-- case: decimal-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (1.50) AS t(a);
-- case: decimal-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (1.50) AS t(a);
-- case: decimal-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (1.50) AS t(a);
-- case: decimal-to-string
SELECT CAST(a AS STRING) FROM VALUES (1.50) AS t(a);
-- case: decimal-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (1.50) AS t(a);
-- case: decimal-to-date
SELECT CAST(a AS DATE) FROM VALUES (1.50) AS t(a);
-- case: decimal-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (1.50) AS t(a);
-- case: decimal-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (1.50) AS t(a);
-- case: decimal-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (1.50) AS t(a);
-- case: decimal-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (1.50) AS t(a);
-- case: decimal-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (1.50) AS t(a);
-- case: decimal-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (1.50) AS t(a);
-- case: decimal-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (1.50) AS t(a);
-- case: string-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES ('1') AS t(a);
-- case: string-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES ('1') AS t(a);
-- case: string-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES ('1') AS t(a);
-- case: string-to-int
SELECT CAST(a AS INT) FROM VALUES ('1') AS t(a);
-- case: string-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES ('1') AS t(a);
-- case: string-to-float
SELECT CAST(a AS FLOAT) FROM VALUES ('1') AS t(a);
-- case: string-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES ('1') AS t(a);
-- case: string-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES ('1') AS t(a);
-- case: string-to-string
SELECT CAST(a AS STRING) FROM VALUES ('1') AS t(a);
-- case: string-to-binary
SELECT CAST(a AS BINARY) FROM VALUES ('1') AS t(a);
-- case: string-to-date
SELECT CAST(a AS DATE) FROM VALUES ('1') AS t(a);
-- case: string-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES ('1') AS t(a);
-- case: string-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES ('1') AS t(a);
-- case: string-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES ('1') AS t(a);
-- case: string-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES ('1') AS t(a);
-- case: string-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES ('1') AS t(a);
-- case: string-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES ('1') AS t(a);
-- case: string-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES ('1') AS t(a);
-- case: binary-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (x'31') AS t(a);
-- case: binary-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (x'31') AS t(a);
-- case: binary-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (x'31') AS t(a);
-- case: binary-to-int
SELECT CAST(a AS INT) FROM VALUES (x'31') AS t(a);
-- case: binary-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (x'31') AS t(a);
-- case: binary-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (x'31') AS t(a);
-- case: binary-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (x'31') AS t(a);
-- case: binary-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (x'31') AS t(a);
-- case: binary-to-string
SELECT CAST(a AS STRING) FROM VALUES (x'31') AS t(a);
-- case: binary-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (x'31') AS t(a);
-- case: binary-to-date
SELECT CAST(a AS DATE) FROM VALUES (x'31') AS t(a);
-- case: binary-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (x'31') AS t(a);
-- case: binary-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (x'31') AS t(a);
-- case: binary-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (x'31') AS t(a);
-- case: binary-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (x'31') AS t(a);
-- case: binary-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (x'31') AS t(a);
-- case: binary-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (x'31') AS t(a);
-- case: binary-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (x'31') AS t(a);
-- case: date-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (date'2024-01-01') AS t(a);
-- case: date-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (date'2024-01-01') AS t(a);
-- case: date-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (date'2024-01-01') AS t(a);
-- case: date-to-int
SELECT CAST(a AS INT) FROM VALUES (date'2024-01-01') AS t(a);
-- case: date-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (date'2024-01-01') AS t(a);
-- case: date-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (date'2024-01-01') AS t(a);
-- case: date-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (date'2024-01-01') AS t(a);
-- case: date-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (date'2024-01-01') AS t(a);
-- case: date-to-string
SELECT CAST(a AS STRING) FROM VALUES (date'2024-01-01') AS t(a);
-- case: date-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (date'2024-01-01') AS t(a);
-- case: date-to-date
SELECT CAST(a AS DATE) FROM VALUES (date'2024-01-01') AS t(a);
-- case: date-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (date'2024-01-01') AS t(a);
-- case: date-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (date'2024-01-01') AS t(a);
-- case: date-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (date'2024-01-01') AS t(a);
-- case: date-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (date'2024-01-01') AS t(a);
-- case: date-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (date'2024-01-01') AS t(a);
-- case: date-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (date'2024-01-01') AS t(a);
-- case: date-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (date'2024-01-01') AS t(a);
-- case: timestamp-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-to-int
SELECT CAST(a AS INT) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-to-string
SELECT CAST(a AS STRING) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-to-date
SELECT CAST(a AS DATE) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (timestamp'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-int
SELECT CAST(a AS INT) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-string
SELECT CAST(a AS STRING) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-date
SELECT CAST(a AS DATE) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: timestamp-ntz-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (timestamp_ntz'2024-01-01 10:00:00') AS t(a);
-- case: ym-interval-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (interval '1' month) AS t(a);
-- case: ym-interval-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (interval '1' month) AS t(a);
-- case: ym-interval-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (interval '1' month) AS t(a);
-- case: ym-interval-to-int
SELECT CAST(a AS INT) FROM VALUES (interval '1' month) AS t(a);
-- case: ym-interval-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (interval '1' month) AS t(a);
-- case: ym-interval-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (interval '1' month) AS t(a);
-- case: ym-interval-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (interval '1' month) AS t(a);
-- case: ym-interval-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (interval '1' month) AS t(a);
-- case: ym-interval-to-string
SELECT CAST(a AS STRING) FROM VALUES (interval '1' month) AS t(a);
-- case: ym-interval-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (interval '1' month) AS t(a);
-- case: ym-interval-to-date
SELECT CAST(a AS DATE) FROM VALUES (interval '1' month) AS t(a);
-- case: ym-interval-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (interval '1' month) AS t(a);
-- case: ym-interval-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (interval '1' month) AS t(a);
-- case: ym-interval-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (interval '1' month) AS t(a);
-- case: ym-interval-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (interval '1' month) AS t(a);
-- case: ym-interval-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (interval '1' month) AS t(a);
-- case: ym-interval-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (interval '1' month) AS t(a);
-- case: ym-interval-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (interval '1' month) AS t(a);
-- case: dt-interval-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (interval '1' day) AS t(a);
-- case: dt-interval-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (interval '1' day) AS t(a);
-- case: dt-interval-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (interval '1' day) AS t(a);
-- case: dt-interval-to-int
SELECT CAST(a AS INT) FROM VALUES (interval '1' day) AS t(a);
-- case: dt-interval-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (interval '1' day) AS t(a);
-- case: dt-interval-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (interval '1' day) AS t(a);
-- case: dt-interval-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (interval '1' day) AS t(a);
-- case: dt-interval-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (interval '1' day) AS t(a);
-- case: dt-interval-to-string
SELECT CAST(a AS STRING) FROM VALUES (interval '1' day) AS t(a);
-- case: dt-interval-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (interval '1' day) AS t(a);
-- case: dt-interval-to-date
SELECT CAST(a AS DATE) FROM VALUES (interval '1' day) AS t(a);
-- case: dt-interval-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (interval '1' day) AS t(a);
-- case: dt-interval-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (interval '1' day) AS t(a);
-- case: dt-interval-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (interval '1' day) AS t(a);
-- case: dt-interval-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (interval '1' day) AS t(a);
-- case: dt-interval-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (interval '1' day) AS t(a);
-- case: dt-interval-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (interval '1' day) AS t(a);
-- case: dt-interval-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (interval '1' day) AS t(a);
-- case: null-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (NULL) AS t(a);
-- case: null-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (NULL) AS t(a);
-- case: null-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (NULL) AS t(a);
-- case: null-to-int
SELECT CAST(a AS INT) FROM VALUES (NULL) AS t(a);
-- case: null-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (NULL) AS t(a);
-- case: null-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (NULL) AS t(a);
-- case: null-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (NULL) AS t(a);
-- case: null-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (NULL) AS t(a);
-- case: null-to-string
SELECT CAST(a AS STRING) FROM VALUES (NULL) AS t(a);
-- case: null-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (NULL) AS t(a);
-- case: null-to-date
SELECT CAST(a AS DATE) FROM VALUES (NULL) AS t(a);
-- case: null-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (NULL) AS t(a);
-- case: null-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (NULL) AS t(a);
-- case: null-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (NULL) AS t(a);
-- case: null-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (NULL) AS t(a);
-- case: null-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (NULL) AS t(a);
-- case: null-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (NULL) AS t(a);
-- case: null-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (NULL) AS t(a);
-- case: array-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (array(1)) AS t(a);
-- case: array-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (array(1)) AS t(a);
-- case: array-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (array(1)) AS t(a);
-- case: array-to-int
SELECT CAST(a AS INT) FROM VALUES (array(1)) AS t(a);
-- case: array-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (array(1)) AS t(a);
-- case: array-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (array(1)) AS t(a);
-- case: array-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (array(1)) AS t(a);
-- case: array-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (array(1)) AS t(a);
-- case: array-to-string
SELECT CAST(a AS STRING) FROM VALUES (array(1)) AS t(a);
-- case: array-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (array(1)) AS t(a);
-- case: array-to-date
SELECT CAST(a AS DATE) FROM VALUES (array(1)) AS t(a);
-- case: array-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (array(1)) AS t(a);
-- case: array-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (array(1)) AS t(a);
-- case: array-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (array(1)) AS t(a);
-- case: array-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (array(1)) AS t(a);
-- case: array-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (array(1)) AS t(a);
-- case: array-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (array(1)) AS t(a);
-- case: array-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (array(1)) AS t(a);
-- case: map-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (map(1, 2)) AS t(a);
-- case: map-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (map(1, 2)) AS t(a);
-- case: map-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (map(1, 2)) AS t(a);
-- case: map-to-int
SELECT CAST(a AS INT) FROM VALUES (map(1, 2)) AS t(a);
-- case: map-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (map(1, 2)) AS t(a);
-- case: map-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (map(1, 2)) AS t(a);
-- case: map-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (map(1, 2)) AS t(a);
-- case: map-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (map(1, 2)) AS t(a);
-- case: map-to-string
SELECT CAST(a AS STRING) FROM VALUES (map(1, 2)) AS t(a);
-- case: map-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (map(1, 2)) AS t(a);
-- case: map-to-date
SELECT CAST(a AS DATE) FROM VALUES (map(1, 2)) AS t(a);
-- case: map-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (map(1, 2)) AS t(a);
-- case: map-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (map(1, 2)) AS t(a);
-- case: map-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (map(1, 2)) AS t(a);
-- case: map-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (map(1, 2)) AS t(a);
-- case: map-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (map(1, 2)) AS t(a);
-- case: map-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (map(1, 2)) AS t(a);
-- case: map-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (map(1, 2)) AS t(a);
-- case: struct-to-boolean
SELECT CAST(a AS BOOLEAN) FROM VALUES (struct(1)) AS t(a);
-- case: struct-to-tinyint
SELECT CAST(a AS TINYINT) FROM VALUES (struct(1)) AS t(a);
-- case: struct-to-smallint
SELECT CAST(a AS SMALLINT) FROM VALUES (struct(1)) AS t(a);
-- case: struct-to-int
SELECT CAST(a AS INT) FROM VALUES (struct(1)) AS t(a);
-- case: struct-to-bigint
SELECT CAST(a AS BIGINT) FROM VALUES (struct(1)) AS t(a);
-- case: struct-to-float
SELECT CAST(a AS FLOAT) FROM VALUES (struct(1)) AS t(a);
-- case: struct-to-double
SELECT CAST(a AS DOUBLE) FROM VALUES (struct(1)) AS t(a);
-- case: struct-to-decimal
SELECT CAST(a AS DECIMAL(6, 2)) FROM VALUES (struct(1)) AS t(a);
-- case: struct-to-string
SELECT CAST(a AS STRING) FROM VALUES (struct(1)) AS t(a);
-- case: struct-to-binary
SELECT CAST(a AS BINARY) FROM VALUES (struct(1)) AS t(a);
-- case: struct-to-date
SELECT CAST(a AS DATE) FROM VALUES (struct(1)) AS t(a);
-- case: struct-to-timestamp
SELECT CAST(a AS TIMESTAMP) FROM VALUES (struct(1)) AS t(a);
-- case: struct-to-timestamp-ntz
SELECT CAST(a AS TIMESTAMP_NTZ) FROM VALUES (struct(1)) AS t(a);
-- case: struct-to-ym-interval
SELECT CAST(a AS INTERVAL MONTH) FROM VALUES (struct(1)) AS t(a);
-- case: struct-to-dt-interval
SELECT CAST(a AS INTERVAL DAY) FROM VALUES (struct(1)) AS t(a);
-- case: struct-to-array
SELECT CAST(a AS ARRAY<INT>) FROM VALUES (struct(1)) AS t(a);
-- case: struct-to-map
SELECT CAST(a AS MAP<INT, INT>) FROM VALUES (struct(1)) AS t(a);
-- case: struct-to-struct
SELECT CAST(a AS STRUCT<col1: INT>) FROM VALUES (struct(1)) AS t(a);
