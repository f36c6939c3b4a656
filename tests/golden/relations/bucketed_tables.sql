-- setup
CREATE DATABASE IF NOT EXISTS golden_bucketed;
-- setup
USE golden_bucketed;
-- setup
DROP TABLE IF EXISTS b;
-- setup
DROP TABLE IF EXISTS c;
-- setup
DROP TABLE IF EXISTS d;
-- setup
DROP TABLE IF EXISTS e;
-- case: create
-- ansi: true
CREATE TABLE b (ticker STRING, date DATE, close DOUBLE, `a b` INT) USING parquet COMMENT 'prices' TBLPROPERTIES ('k' = 'v') PARTITIONED BY (date) CLUSTERED BY (ticker, `a b`) SORTED BY (close ASC, ticker) INTO 4 BUCKETS;
-- case: show-create
-- ansi: true
SHOW CREATE TABLE b;
-- case: describe
-- ansi: true
DESCRIBE b;
-- case: insert
-- ansi: true
INSERT INTO b VALUES ('AAPL', 185.64, 1, DATE'2024-01-02'), ('IBM', 160.5, 2, DATE'2024-01-02'), (NULL, NULL, NULL, NULL);
-- case: insert-overwrite-partition
-- ansi: true
INSERT OVERWRITE b PARTITION (date = DATE'2024-01-02') SELECT 'MSFT', 370.87, 3;
-- case: read
-- ansi: true
SELECT * FROM b ORDER BY ALL;
-- case: add-column
-- ansi: true
ALTER TABLE b ADD COLUMNS (volume BIGINT);
-- case: show-create-after
-- ansi: true
SHOW CREATE TABLE b;
-- case: like
-- ansi: true
CREATE TABLE c LIKE b;
-- case: show-create-like
-- ansi: true
SHOW CREATE TABLE c;
-- case: as-select
-- ansi: true
CREATE TABLE d USING csv CLUSTERED BY (x) INTO 2 BUCKETS AS SELECT id AS x, id * 2 AS y FROM range(6);
-- case: read-as-select
-- ansi: true
SELECT * FROM d ORDER BY ALL;
-- case: show-create-as-select
-- ansi: true
SHOW CREATE TABLE d;
-- case: properties
-- ansi: true
SHOW TBLPROPERTIES d;
-- case: descending
-- ansi: true
CREATE TABLE e (a INT, b STRING) USING parquet CLUSTERED BY (a) SORTED BY (b DESC) INTO 4 BUCKETS;
-- case: no-buckets
-- ansi: true
CREATE TABLE e (a INT, b STRING) USING parquet CLUSTERED BY (a) INTO 0 BUCKETS;
-- case: too-many-buckets
-- ansi: true
CREATE TABLE e (a INT, b STRING) USING parquet CLUSTERED BY (a) INTO 100001 BUCKETS;
-- case: into-missing
-- ansi: true
CREATE TABLE e (a INT, b STRING) USING parquet CLUSTERED BY (a);
-- case: no-column
-- ansi: true
CREATE TABLE e (a INT, b STRING) USING parquet CLUSTERED BY (z) INTO 4 BUCKETS;
-- case: no-sort-column
-- ansi: true
CREATE TABLE e (a INT, b STRING) USING parquet CLUSTERED BY (a) SORTED BY (z) INTO 4 BUCKETS;
-- case: partition-column
-- ansi: true
CREATE TABLE e (a INT, b STRING) USING parquet PARTITIONED BY (a) CLUSTERED BY (a) INTO 4 BUCKETS;
-- case: twice
-- ansi: true
CREATE TABLE e (a INT, b STRING) USING parquet CLUSTERED BY (a) INTO 4 BUCKETS CLUSTERED BY (b) INTO 4 BUCKETS;
-- case: same-column-twice
-- ansi: true
CREATE TABLE e (a INT, b STRING) USING parquet CLUSTERED BY (a, A) INTO 4 BUCKETS;
-- case: without-columns
-- ansi: true
CREATE TABLE e USING parquet CLUSTERED BY (a) INTO 4 BUCKETS;
-- case: not-a-number
-- ansi: true
CREATE TABLE e (a INT) USING parquet CLUSTERED BY (a) INTO x BUCKETS;
-- case: sorted-alone
-- ansi: true
CREATE TABLE e (a INT) USING parquet SORTED BY (a) INTO 4 BUCKETS;
-- case: nothing-was-made
-- ansi: true
SHOW TABLES;
