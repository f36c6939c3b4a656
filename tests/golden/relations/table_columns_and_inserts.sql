-- setup
CREATE DATABASE IF NOT EXISTS golden_inserts;
-- setup
USE golden_inserts;
-- setup
DROP TABLE IF EXISTS t;
-- setup
DROP TABLE IF EXISTS t2;
-- case: 01-create-table-t-ticker-string-price-double-volume
-- ansi: true
CREATE TABLE t (ticker STRING, price DOUBLE, volume BIGINT COMMENT 'shares') USING parquet;
-- case: 02-insert-into-t-volume-ticker-values-5-x
-- ansi: true
INSERT INTO t (volume, ticker) VALUES (5, 'X');
-- case: 03-insert-into-t-nope-values-1
-- ansi: true
INSERT INTO t (nope) VALUES (1);
-- case: 04-insert-into-t-ticker-ticker-values-1-2
-- ansi: true
INSERT INTO t (ticker, ticker) VALUES (1, 2);
-- case: 05-insert-into-t-ticker-price-values-1
-- ansi: true
INSERT INTO t (ticker, price) VALUES (1);
-- case: 06-insert-into-t-ticker-values-1-2
-- ansi: true
INSERT INTO t (ticker) VALUES (1, 2);
-- case: 07-insert-into-t-by-name-select-1-5d-as-price-y-as
-- ansi: true
INSERT INTO t BY NAME SELECT 1.5D AS price, 'Y' AS ticker, 7L AS volume;
-- case: 08-insert-into-t-by-name-select-1-5d-as-price-z-as
-- ansi: true
INSERT INTO t BY NAME SELECT 1.5D AS price, 'Z' AS ticker;
-- case: 09-insert-into-t-by-name-select-1-5d-as-price-z-as
-- ansi: true
INSERT INTO t BY NAME SELECT 1.5D AS price, 'Z' AS nope;
-- case: 10-insert-into-t-values-a-1-5-10-11
-- ansi: true
INSERT INTO t VALUES ('A', 1.5, 10, 11);
-- case: 11-insert-into-t-values-a
-- ansi: true
INSERT INTO t VALUES ('A');
-- case: 12-insert-into-t-values-a-abc-10
-- ansi: true
INSERT INTO t VALUES ('A', 'abc', 10);
-- case: 13-insert-into-t-values-a-date-2024-01-01-10
-- ansi: true
INSERT INTO t VALUES ('A', date'2024-01-01', 10);
-- case: 14-select-from-t
-- ansi: true
SELECT * FROM t;
-- case: 15-show-create-table-t
-- ansi: true
SHOW CREATE TABLE t;
-- case: 16-describe-t
-- ansi: true
DESCRIBE t;
-- case: 17-describe-formatted-t-price
-- ansi: true
DESCRIBE FORMATTED t price;
-- case: 18-describe-t-price
-- ansi: true
DESCRIBE t price;
-- case: 19-describe-t-nope
-- ansi: true
DESCRIBE t nope;
-- case: 20-describe-extended-t-price
-- ansi: true
DESCRIBE EXTENDED t price;
-- case: 21-show-tblproperties-t
-- ansi: true
SHOW TBLPROPERTIES t;
-- case: 22-show-tblproperties-t-a
-- ansi: true
SHOW TBLPROPERTIES t ('a');
-- case: 23-show-partitions-t
-- ansi: true
SHOW PARTITIONS t;
-- case: 24-alter-table-t-rename-to-t2
-- ansi: true
ALTER TABLE t RENAME TO t2;
-- case: 25-select-count-from-t2
-- ansi: true
SELECT count(*) FROM t2;
-- case: 26-alter-table-t2-rename-to-t
-- ansi: true
ALTER TABLE t2 RENAME TO t;
-- case: 27-alter-table-t-add-columns-note-string-lot-int-co
-- ansi: true
ALTER TABLE t ADD COLUMNS (note STRING, lot INT COMMENT 'size');
-- case: 28-alter-table-t-add-column-more-string
-- ansi: true
ALTER TABLE t ADD COLUMN more STRING;
-- case: 29-alter-table-t-add-columns-note-string
-- ansi: true
ALTER TABLE t ADD COLUMNS (note STRING);
-- case: 30-select-from-t
-- ansi: true
SELECT * FROM t;
-- case: 31-describe-t
-- ansi: true
DESCRIBE t;
-- case: 32-alter-table-t-drop-column-note
-- ansi: true
ALTER TABLE t DROP COLUMN note;
-- case: 33-alter-table-t-rename-column-note-to-note2
-- ansi: true
ALTER TABLE t RENAME COLUMN note TO note2;
-- case: 34-alter-table-t-alter-column-note-comment-n
-- ansi: true
ALTER TABLE t ALTER COLUMN note COMMENT 'n';
-- case: 35-alter-table-t-alter-column-lot-type-bigint
-- ansi: true
ALTER TABLE t ALTER COLUMN lot TYPE BIGINT;
-- case: 36-alter-table-t-set-tblproperties-a-1-b-x
-- ansi: true
ALTER TABLE t SET TBLPROPERTIES ('a' = '1', 'b' = 'x');
-- case: 37-alter-table-t-unset-tblproperties-b
-- ansi: true
ALTER TABLE t UNSET TBLPROPERTIES ('b');
-- case: 38-alter-table-t-unset-tblproperties-zz
-- ansi: true
ALTER TABLE t UNSET TBLPROPERTIES ('zz');
-- case: 39-alter-table-t-unset-tblproperties-if-exists-zz
-- ansi: true
ALTER TABLE t UNSET TBLPROPERTIES IF EXISTS ('zz');
-- case: 40-show-tblproperties-t
-- ansi: true
SHOW TBLPROPERTIES t;
-- case: 41-show-tblproperties-t-a
-- ansi: true
SHOW TBLPROPERTIES t ('a');
-- case: 42-show-tblproperties-t-zz
-- ansi: true
SHOW TBLPROPERTIES t ('zz');
-- case: 43-show-create-table-t
-- ansi: true
SHOW CREATE TABLE t;
-- case: 44-comment-on-table-t-is-hello
-- ansi: true
COMMENT ON TABLE t IS 'hello';
-- case: 45-truncate-table-t
-- ansi: true
TRUNCATE TABLE t;
-- case: 46-select-count-from-t
-- ansi: true
SELECT count(*) FROM t;
-- case: 47-drop-table-t
-- ansi: true
DROP TABLE t;
