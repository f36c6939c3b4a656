-- case: boolean-with-tinyint
SELECT true AS a UNION ALL SELECT 1Y;
-- case: boolean-with-smallint
SELECT true AS a UNION ALL SELECT 1S;
-- case: boolean-with-int
SELECT true AS a UNION ALL SELECT 1;
-- case: boolean-with-bigint
SELECT true AS a UNION ALL SELECT 1L;
-- case: boolean-with-float
SELECT true AS a UNION ALL SELECT 1.5F;
-- case: boolean-with-double
SELECT true AS a UNION ALL SELECT 1.5D;
-- case: boolean-with-decimal
SELECT true AS a UNION ALL SELECT 1.50;
-- case: boolean-with-string
SELECT true AS a UNION ALL SELECT '1';
-- case: boolean-with-binary
SELECT true AS a UNION ALL SELECT x'31';
-- case: boolean-with-date
SELECT true AS a UNION ALL SELECT date'2024-01-01';
-- case: boolean-with-timestamp
SELECT true AS a UNION ALL SELECT timestamp'2024-01-01 10:00:00';
-- case: boolean-with-timestamp-ntz
SELECT true AS a UNION ALL SELECT timestamp_ntz'2024-01-01 10:00:00';
-- case: boolean-with-ym-interval
SELECT true AS a UNION ALL SELECT interval '1' month;
-- case: boolean-with-dt-interval
SELECT true AS a UNION ALL SELECT interval '1' day;
-- case: boolean-with-null
SELECT true AS a UNION ALL SELECT NULL;
-- case: boolean-with-array
SELECT true AS a UNION ALL SELECT array(1);
-- case: boolean-with-map
SELECT true AS a UNION ALL SELECT map(1, 2);
-- case: boolean-with-struct
SELECT true AS a UNION ALL SELECT struct(1);
-- case: tinyint-with-smallint
SELECT 1Y AS a UNION ALL SELECT 1S;
-- case: tinyint-with-int
SELECT 1Y AS a UNION ALL SELECT 1;
-- case: tinyint-with-bigint
SELECT 1Y AS a UNION ALL SELECT 1L;
-- case: tinyint-with-float
SELECT 1Y AS a UNION ALL SELECT 1.5F;
-- case: tinyint-with-double
SELECT 1Y AS a UNION ALL SELECT 1.5D;
-- case: tinyint-with-decimal
SELECT 1Y AS a UNION ALL SELECT 1.50;
-- case: tinyint-with-string
SELECT 1Y AS a UNION ALL SELECT '1';
-- case: tinyint-with-binary
SELECT 1Y AS a UNION ALL SELECT x'31';
-- case: tinyint-with-date
SELECT 1Y AS a UNION ALL SELECT date'2024-01-01';
-- case: tinyint-with-timestamp
SELECT 1Y AS a UNION ALL SELECT timestamp'2024-01-01 10:00:00';
-- case: tinyint-with-timestamp-ntz
SELECT 1Y AS a UNION ALL SELECT timestamp_ntz'2024-01-01 10:00:00';
-- case: tinyint-with-ym-interval
SELECT 1Y AS a UNION ALL SELECT interval '1' month;
-- case: tinyint-with-dt-interval
SELECT 1Y AS a UNION ALL SELECT interval '1' day;
-- case: tinyint-with-null
SELECT 1Y AS a UNION ALL SELECT NULL;
-- case: tinyint-with-array
SELECT 1Y AS a UNION ALL SELECT array(1);
-- case: tinyint-with-map
SELECT 1Y AS a UNION ALL SELECT map(1, 2);
-- case: tinyint-with-struct
SELECT 1Y AS a UNION ALL SELECT struct(1);
-- case: smallint-with-int
SELECT 1S AS a UNION ALL SELECT 1;
-- case: smallint-with-bigint
SELECT 1S AS a UNION ALL SELECT 1L;
-- case: smallint-with-float
SELECT 1S AS a UNION ALL SELECT 1.5F;
-- case: smallint-with-double
SELECT 1S AS a UNION ALL SELECT 1.5D;
-- case: smallint-with-decimal
SELECT 1S AS a UNION ALL SELECT 1.50;
-- case: smallint-with-string
SELECT 1S AS a UNION ALL SELECT '1';
-- case: smallint-with-binary
SELECT 1S AS a UNION ALL SELECT x'31';
-- case: smallint-with-date
SELECT 1S AS a UNION ALL SELECT date'2024-01-01';
-- case: smallint-with-timestamp
SELECT 1S AS a UNION ALL SELECT timestamp'2024-01-01 10:00:00';
-- case: smallint-with-timestamp-ntz
SELECT 1S AS a UNION ALL SELECT timestamp_ntz'2024-01-01 10:00:00';
-- case: smallint-with-ym-interval
SELECT 1S AS a UNION ALL SELECT interval '1' month;
-- case: smallint-with-dt-interval
SELECT 1S AS a UNION ALL SELECT interval '1' day;
-- case: smallint-with-null
SELECT 1S AS a UNION ALL SELECT NULL;
-- case: smallint-with-array
SELECT 1S AS a UNION ALL SELECT array(1);
-- case: smallint-with-map
SELECT 1S AS a UNION ALL SELECT map(1, 2);
-- case: smallint-with-struct
SELECT 1S AS a UNION ALL SELECT struct(1);
-- case: int-with-bigint
SELECT 1 AS a UNION ALL SELECT 1L;
-- case: int-with-float
SELECT 1 AS a UNION ALL SELECT 1.5F;
-- case: int-with-double
SELECT 1 AS a UNION ALL SELECT 1.5D;
-- case: int-with-decimal
SELECT 1 AS a UNION ALL SELECT 1.50;
-- case: int-with-string
SELECT 1 AS a UNION ALL SELECT '1';
-- case: int-with-binary
SELECT 1 AS a UNION ALL SELECT x'31';
-- case: int-with-date
SELECT 1 AS a UNION ALL SELECT date'2024-01-01';
-- case: int-with-timestamp
SELECT 1 AS a UNION ALL SELECT timestamp'2024-01-01 10:00:00';
-- case: int-with-timestamp-ntz
SELECT 1 AS a UNION ALL SELECT timestamp_ntz'2024-01-01 10:00:00';
-- case: int-with-ym-interval
SELECT 1 AS a UNION ALL SELECT interval '1' month;
-- case: int-with-dt-interval
SELECT 1 AS a UNION ALL SELECT interval '1' day;
-- case: int-with-null
SELECT 1 AS a UNION ALL SELECT NULL;
-- case: int-with-array
SELECT 1 AS a UNION ALL SELECT array(1);
-- case: int-with-map
SELECT 1 AS a UNION ALL SELECT map(1, 2);
-- case: int-with-struct
SELECT 1 AS a UNION ALL SELECT struct(1);
-- case: bigint-with-float
SELECT 1L AS a UNION ALL SELECT 1.5F;
-- case: bigint-with-double
SELECT 1L AS a UNION ALL SELECT 1.5D;
-- case: bigint-with-decimal
SELECT 1L AS a UNION ALL SELECT 1.50;
-- case: bigint-with-string
SELECT 1L AS a UNION ALL SELECT '1';
-- case: bigint-with-binary
SELECT 1L AS a UNION ALL SELECT x'31';
-- case: bigint-with-date
SELECT 1L AS a UNION ALL SELECT date'2024-01-01';
-- case: bigint-with-timestamp
SELECT 1L AS a UNION ALL SELECT timestamp'2024-01-01 10:00:00';
-- case: bigint-with-timestamp-ntz
SELECT 1L AS a UNION ALL SELECT timestamp_ntz'2024-01-01 10:00:00';
-- case: bigint-with-ym-interval
SELECT 1L AS a UNION ALL SELECT interval '1' month;
-- case: bigint-with-dt-interval
SELECT 1L AS a UNION ALL SELECT interval '1' day;
-- case: bigint-with-null
SELECT 1L AS a UNION ALL SELECT NULL;
-- case: bigint-with-array
SELECT 1L AS a UNION ALL SELECT array(1);
-- case: bigint-with-map
SELECT 1L AS a UNION ALL SELECT map(1, 2);
-- case: bigint-with-struct
SELECT 1L AS a UNION ALL SELECT struct(1);
-- case: float-with-double
SELECT 1.5F AS a UNION ALL SELECT 1.5D;
-- case: float-with-decimal
SELECT 1.5F AS a UNION ALL SELECT 1.50;
-- case: float-with-string
SELECT 1.5F AS a UNION ALL SELECT '1';
-- case: float-with-binary
SELECT 1.5F AS a UNION ALL SELECT x'31';
-- case: float-with-date
SELECT 1.5F AS a UNION ALL SELECT date'2024-01-01';
-- case: float-with-timestamp
SELECT 1.5F AS a UNION ALL SELECT timestamp'2024-01-01 10:00:00';
-- case: float-with-timestamp-ntz
SELECT 1.5F AS a UNION ALL SELECT timestamp_ntz'2024-01-01 10:00:00';
-- case: float-with-ym-interval
SELECT 1.5F AS a UNION ALL SELECT interval '1' month;
-- case: float-with-dt-interval
SELECT 1.5F AS a UNION ALL SELECT interval '1' day;
-- case: float-with-null
SELECT 1.5F AS a UNION ALL SELECT NULL;
-- case: float-with-array
SELECT 1.5F AS a UNION ALL SELECT array(1);
-- case: float-with-map
SELECT 1.5F AS a UNION ALL SELECT map(1, 2);
-- case: float-with-struct
SELECT 1.5F AS a UNION ALL SELECT struct(1);
-- case: double-with-decimal
SELECT 1.5D AS a UNION ALL SELECT 1.50;
-- case: double-with-string
SELECT 1.5D AS a UNION ALL SELECT '1';
-- case: double-with-binary
SELECT 1.5D AS a UNION ALL SELECT x'31';
-- case: double-with-date
SELECT 1.5D AS a UNION ALL SELECT date'2024-01-01';
-- case: double-with-timestamp
SELECT 1.5D AS a UNION ALL SELECT timestamp'2024-01-01 10:00:00';
-- case: double-with-timestamp-ntz
SELECT 1.5D AS a UNION ALL SELECT timestamp_ntz'2024-01-01 10:00:00';
-- case: double-with-ym-interval
SELECT 1.5D AS a UNION ALL SELECT interval '1' month;
-- case: double-with-dt-interval
SELECT 1.5D AS a UNION ALL SELECT interval '1' day;
-- case: double-with-null
SELECT 1.5D AS a UNION ALL SELECT NULL;
-- case: double-with-array
SELECT 1.5D AS a UNION ALL SELECT array(1);
-- case: double-with-map
SELECT 1.5D AS a UNION ALL SELECT map(1, 2);
-- case: double-with-struct
SELECT 1.5D AS a UNION ALL SELECT struct(1);
-- case: decimal-with-string
SELECT 1.50 AS a UNION ALL SELECT '1';
-- case: decimal-with-binary
SELECT 1.50 AS a UNION ALL SELECT x'31';
-- case: decimal-with-date
SELECT 1.50 AS a UNION ALL SELECT date'2024-01-01';
-- case: decimal-with-timestamp
SELECT 1.50 AS a UNION ALL SELECT timestamp'2024-01-01 10:00:00';
-- case: decimal-with-timestamp-ntz
SELECT 1.50 AS a UNION ALL SELECT timestamp_ntz'2024-01-01 10:00:00';
-- case: decimal-with-ym-interval
SELECT 1.50 AS a UNION ALL SELECT interval '1' month;
-- case: decimal-with-dt-interval
SELECT 1.50 AS a UNION ALL SELECT interval '1' day;
-- case: decimal-with-null
SELECT 1.50 AS a UNION ALL SELECT NULL;
-- case: decimal-with-array
SELECT 1.50 AS a UNION ALL SELECT array(1);
-- case: decimal-with-map
SELECT 1.50 AS a UNION ALL SELECT map(1, 2);
-- case: decimal-with-struct
SELECT 1.50 AS a UNION ALL SELECT struct(1);
-- case: string-with-binary
SELECT '1' AS a UNION ALL SELECT x'31';
-- case: string-with-date
SELECT '1' AS a UNION ALL SELECT date'2024-01-01';
-- case: string-with-timestamp
SELECT '1' AS a UNION ALL SELECT timestamp'2024-01-01 10:00:00';
-- case: string-with-timestamp-ntz
SELECT '1' AS a UNION ALL SELECT timestamp_ntz'2024-01-01 10:00:00';
-- case: string-with-ym-interval
SELECT '1' AS a UNION ALL SELECT interval '1' month;
-- case: string-with-dt-interval
SELECT '1' AS a UNION ALL SELECT interval '1' day;
-- case: string-with-null
SELECT '1' AS a UNION ALL SELECT NULL;
-- case: string-with-array
SELECT '1' AS a UNION ALL SELECT array(1);
-- case: string-with-map
SELECT '1' AS a UNION ALL SELECT map(1, 2);
-- case: string-with-struct
SELECT '1' AS a UNION ALL SELECT struct(1);
-- case: binary-with-date
SELECT x'31' AS a UNION ALL SELECT date'2024-01-01';
-- case: binary-with-timestamp
SELECT x'31' AS a UNION ALL SELECT timestamp'2024-01-01 10:00:00';
-- case: binary-with-timestamp-ntz
SELECT x'31' AS a UNION ALL SELECT timestamp_ntz'2024-01-01 10:00:00';
-- case: binary-with-ym-interval
SELECT x'31' AS a UNION ALL SELECT interval '1' month;
-- case: binary-with-dt-interval
SELECT x'31' AS a UNION ALL SELECT interval '1' day;
-- case: binary-with-null
SELECT x'31' AS a UNION ALL SELECT NULL;
-- case: binary-with-array
SELECT x'31' AS a UNION ALL SELECT array(1);
-- case: binary-with-map
SELECT x'31' AS a UNION ALL SELECT map(1, 2);
-- case: binary-with-struct
SELECT x'31' AS a UNION ALL SELECT struct(1);
-- case: date-with-timestamp
SELECT date'2024-01-01' AS a UNION ALL SELECT timestamp'2024-01-01 10:00:00';
-- case: date-with-timestamp-ntz
SELECT date'2024-01-01' AS a UNION ALL SELECT timestamp_ntz'2024-01-01 10:00:00';
-- case: date-with-ym-interval
SELECT date'2024-01-01' AS a UNION ALL SELECT interval '1' month;
-- case: date-with-dt-interval
SELECT date'2024-01-01' AS a UNION ALL SELECT interval '1' day;
-- case: date-with-null
SELECT date'2024-01-01' AS a UNION ALL SELECT NULL;
-- case: date-with-array
SELECT date'2024-01-01' AS a UNION ALL SELECT array(1);
-- case: date-with-map
SELECT date'2024-01-01' AS a UNION ALL SELECT map(1, 2);
-- case: date-with-struct
SELECT date'2024-01-01' AS a UNION ALL SELECT struct(1);
-- case: timestamp-with-timestamp-ntz
SELECT timestamp'2024-01-01 10:00:00' AS a UNION ALL SELECT timestamp_ntz'2024-01-01 10:00:00';
-- case: timestamp-with-ym-interval
SELECT timestamp'2024-01-01 10:00:00' AS a UNION ALL SELECT interval '1' month;
-- case: timestamp-with-dt-interval
SELECT timestamp'2024-01-01 10:00:00' AS a UNION ALL SELECT interval '1' day;
-- case: timestamp-with-null
SELECT timestamp'2024-01-01 10:00:00' AS a UNION ALL SELECT NULL;
-- case: timestamp-with-array
SELECT timestamp'2024-01-01 10:00:00' AS a UNION ALL SELECT array(1);
-- case: timestamp-with-map
SELECT timestamp'2024-01-01 10:00:00' AS a UNION ALL SELECT map(1, 2);
-- case: timestamp-with-struct
SELECT timestamp'2024-01-01 10:00:00' AS a UNION ALL SELECT struct(1);
-- case: timestamp-ntz-with-ym-interval
SELECT timestamp_ntz'2024-01-01 10:00:00' AS a UNION ALL SELECT interval '1' month;
-- case: timestamp-ntz-with-dt-interval
SELECT timestamp_ntz'2024-01-01 10:00:00' AS a UNION ALL SELECT interval '1' day;
-- case: timestamp-ntz-with-null
SELECT timestamp_ntz'2024-01-01 10:00:00' AS a UNION ALL SELECT NULL;
-- case: timestamp-ntz-with-array
SELECT timestamp_ntz'2024-01-01 10:00:00' AS a UNION ALL SELECT array(1);
-- case: timestamp-ntz-with-map
SELECT timestamp_ntz'2024-01-01 10:00:00' AS a UNION ALL SELECT map(1, 2);
-- case: timestamp-ntz-with-struct
SELECT timestamp_ntz'2024-01-01 10:00:00' AS a UNION ALL SELECT struct(1);
-- case: ym-interval-with-dt-interval
SELECT interval '1' month AS a UNION ALL SELECT interval '1' day;
-- case: ym-interval-with-null
SELECT interval '1' month AS a UNION ALL SELECT NULL;
-- case: ym-interval-with-array
SELECT interval '1' month AS a UNION ALL SELECT array(1);
-- case: ym-interval-with-map
SELECT interval '1' month AS a UNION ALL SELECT map(1, 2);
-- case: ym-interval-with-struct
SELECT interval '1' month AS a UNION ALL SELECT struct(1);
-- case: dt-interval-with-null
SELECT interval '1' day AS a UNION ALL SELECT NULL;
-- case: dt-interval-with-array
SELECT interval '1' day AS a UNION ALL SELECT array(1);
-- case: dt-interval-with-map
SELECT interval '1' day AS a UNION ALL SELECT map(1, 2);
-- case: dt-interval-with-struct
SELECT interval '1' day AS a UNION ALL SELECT struct(1);
-- case: null-with-array
SELECT NULL AS a UNION ALL SELECT array(1);
-- case: null-with-map
SELECT NULL AS a UNION ALL SELECT map(1, 2);
-- case: null-with-struct
SELECT NULL AS a UNION ALL SELECT struct(1);
-- case: array-with-map
SELECT array(1) AS a UNION ALL SELECT map(1, 2);
-- case: array-with-struct
SELECT array(1) AS a UNION ALL SELECT struct(1);
-- case: map-with-struct
SELECT map(1, 2) AS a UNION ALL SELECT struct(1);
