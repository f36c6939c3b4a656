-- setup
CREATE DATABASE IF NOT EXISTS golden_tables;
-- setup
USE golden_tables;
-- setup
DROP TABLE IF EXISTS trades;
-- setup
DROP TABLE IF EXISTS copied;
-- setup
DROP TABLE IF EXISTS parted;
-- case: create
-- ansi: true
CREATE TABLE trades (ticker STRING, price DOUBLE, volume BIGINT COMMENT 'shares') USING parquet;
-- case: create-again
-- ansi: true
CREATE TABLE trades (a INT) USING parquet;
-- case: create-if-not-exists
-- ansi: true
CREATE TABLE IF NOT EXISTS trades (a INT) USING parquet;
-- case: empty
-- ansi: true
SELECT * FROM trades;
-- case: insert-values
-- ansi: true
INSERT INTO trades VALUES ('AAPL', 1.5, 10), ('IBM', NULL, NULL);
-- case: insert-columns
-- ansi: true
INSERT INTO trades (volume, ticker) VALUES (5, 'X');
-- case: insert-select
-- ansi: true
INSERT INTO trades SELECT upper(ticker), price * 2, volume FROM trades WHERE ticker = 'AAPL';
-- case: read
-- ansi: true
SELECT * FROM trades;
-- case: read-qualified
-- ansi: true
SELECT t.ticker, volume FROM golden_tables.trades t WHERE volume > 5;
-- case: insert-too-few
-- ansi: true
INSERT INTO trades VALUES ('AAPL');
-- case: insert-too-many
-- ansi: true
INSERT INTO trades VALUES ('AAPL', 1.5, 10, 11);
-- case: insert-wrong-type
-- ansi: true
INSERT INTO trades VALUES ('AAPL', 'abc', 10);
-- case: insert-missing-column
-- ansi: true
INSERT INTO trades (nope) VALUES (1);
-- case: insert-overwrite
-- ansi: true
INSERT OVERWRITE trades VALUES ('MSFT', 3.5, 30);
-- case: read-overwritten
-- ansi: true
SELECT * FROM trades;
-- case: describe
-- ansi: true
DESCRIBE trades;
-- case: show-tables
-- ansi: true
SHOW TABLES;
-- case: show-columns
-- ansi: true
SHOW COLUMNS IN trades;
-- case: create-table-as-select
-- ansi: true
CREATE TABLE copied USING parquet AS SELECT ticker, volume FROM trades;
-- case: read-copied
-- ansi: true
SELECT * FROM copied;
-- case: create-partitioned
-- ansi: true
CREATE TABLE parted (price DOUBLE, ticker STRING) USING parquet PARTITIONED BY (ticker);
-- case: insert-partitioned
-- ansi: true
INSERT INTO parted VALUES (1.5, 'AAPL'), (2.5, 'IBM');
-- case: read-partitioned
-- ansi: true
SELECT * FROM parted WHERE ticker = 'IBM';
-- case: describe-partitioned
-- ansi: true
DESCRIBE parted;
-- case: truncate
-- ansi: true
TRUNCATE TABLE copied;
-- case: read-truncated
-- ansi: true
SELECT count(*) FROM copied;
-- case: drop
-- ansi: true
DROP TABLE trades;
-- case: read-dropped
-- ansi: true
SELECT * FROM trades;
-- case: drop-again
-- ansi: true
DROP TABLE trades;
-- case: drop-if-exists
-- ansi: true
DROP TABLE IF EXISTS trades;
