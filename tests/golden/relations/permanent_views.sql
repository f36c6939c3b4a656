-- setup
CREATE DATABASE IF NOT EXISTS golden_views;
-- setup
USE golden_views;
-- setup
DROP VIEW IF EXISTS v;
-- setup
DROP VIEW IF EXISTS v2;
-- setup
DROP VIEW IF EXISTS v3;
-- setup
DROP TABLE IF EXISTS t;
-- setup
DROP TABLE IF EXISTS ctas;
-- setup
DROP TABLE IF EXISTS c;
-- setup
DROP TABLE IF EXISTS c2;
-- case: 01-create-table-t-ticker-string-price-double-using
-- ansi: true
CREATE TABLE t (ticker STRING, price DOUBLE) USING parquet;
-- case: 02-insert-into-t-values-a-1-5-b-2-5
-- ansi: true
INSERT INTO t VALUES ('A', 1.5), ('B', 2.5);
-- case: 03-create-view-v-as-select-ticker-price-2-as-double
-- ansi: true
CREATE VIEW v AS SELECT ticker, price * 2 AS doubled FROM t;
-- case: 04-select-from-v
-- ansi: true
SELECT * FROM v;
-- case: 05-create-view-v-as-select-1
-- ansi: true
CREATE VIEW v AS SELECT 1;
-- case: 06-create-view-if-not-exists-v-as-select-1
-- ansi: true
CREATE VIEW IF NOT EXISTS v AS SELECT 1;
-- case: 07-create-or-replace-view-v-a-comment-first-b-comme
-- ansi: true
CREATE OR REPLACE VIEW v (a COMMENT 'first', b) COMMENT 'my view' TBLPROPERTIES ('k' = 'v') AS SELECT ticker, price FROM t;
-- case: 08-select-from-v
-- ansi: true
SELECT * FROM v;
-- case: 09-show-create-table-v
-- ansi: true
SHOW CREATE TABLE v;
-- case: 10-describe-v
-- ansi: true
DESCRIBE v;
-- case: 11-show-views
-- ansi: true
SHOW VIEWS;
-- case: 12-show-tables
-- ansi: true
SHOW TABLES;
-- case: 13-show-tblproperties-v
-- ansi: true
SHOW TBLPROPERTIES v;
-- case: 14-drop-table-v
-- ansi: true
DROP TABLE v;
-- case: 15-drop-view-t
-- ansi: true
DROP VIEW t;
-- case: 16-insert-into-v-values-1-2
-- ansi: true
INSERT INTO v VALUES (1,2);
-- case: 17-create-view-v2-as-select-from-v
-- ansi: true
CREATE VIEW v2 AS SELECT * FROM v;
-- case: 18-select-from-v2
-- ansi: true
SELECT * FROM v2;
-- case: 19-alter-view-v2-as-select-a-from-v
-- ansi: true
ALTER VIEW v2 AS SELECT a FROM v;
-- case: 20-select-from-v2
-- ansi: true
SELECT * FROM v2;
-- case: 21-alter-view-v2-rename-to-v3
-- ansi: true
ALTER VIEW v2 RENAME TO v3;
-- case: 22-select-from-v3
-- ansi: true
SELECT * FROM v3;
-- case: 23-create-temp-view-tmpv-as-select-1-as-a
-- ansi: true
CREATE TEMP VIEW tmpv AS SELECT 1 AS a;
-- case: 24-create-view-v4-as-select-from-tmpv
-- ansi: true
CREATE VIEW v4 AS SELECT * FROM tmpv;
-- case: 25-create-view-v7-as-select-nope-from-t
-- ansi: true
CREATE VIEW v7 AS SELECT nope FROM t;
-- case: 26-create-view-t-as-select-1
-- ansi: true
CREATE VIEW t AS SELECT 1;
-- case: 27-create-table-v-using-parquet-as-select-1
-- ansi: true
CREATE TABLE v USING parquet AS SELECT 1;
-- case: 28-drop-view-v
-- ansi: true
DROP VIEW v;
-- case: 29-select-from-v3
-- ansi: true
SELECT * FROM v3;
-- case: 30-drop-view-v3
-- ansi: true
DROP VIEW v3;
-- case: 31-drop-view-nope
-- ansi: true
DROP VIEW nope;
-- case: 32-drop-view-if-exists-nope
-- ansi: true
DROP VIEW IF EXISTS nope;
-- case: 33-create-table-ctas-using-csv-options-header-true
-- ansi: true
CREATE TABLE ctas USING csv OPTIONS (header 'true') PARTITIONED BY (ticker) AS SELECT price, ticker FROM t;
-- case: 34-select-from-ctas
-- ansi: true
SELECT * FROM ctas;
-- case: 35-show-create-table-ctas
-- ansi: true
SHOW CREATE TABLE ctas;
-- case: 36-create-table-if-not-exists-ctas-using-csv-as-sel
-- ansi: true
CREATE TABLE IF NOT EXISTS ctas USING csv AS SELECT 1;
-- case: 37-create-table-ctas-using-csv-as-select-1
-- ansi: true
CREATE TABLE ctas USING csv AS SELECT 1;
-- case: 38-drop-table-ctas
-- ansi: true
DROP TABLE ctas;
-- case: 39-create-table-c-a-int-comment-x-b-string-not-null
-- ansi: true
CREATE TABLE c (a INT COMMENT 'x', b STRING NOT NULL) USING json COMMENT 'tbl' TBLPROPERTIES ('p' = 'q');
-- case: 40-show-create-table-c
-- ansi: true
SHOW CREATE TABLE c;
-- case: 41-insert-into-c-values-1-null
-- ansi: true
INSERT INTO c VALUES (1, NULL);
-- case: 42-create-table-c2-like-c
-- ansi: true
CREATE TABLE c2 LIKE c;
-- case: 43-show-create-table-c2
-- ansi: true
SHOW CREATE TABLE c2;
-- case: 44-drop-table-c2
-- ansi: true
DROP TABLE c2;
-- case: 45-drop-table-c
-- ansi: true
DROP TABLE c;
-- case: 46-create-table-noformat-a-int
-- ansi: true
CREATE TABLE noformat (a INT);
-- case: 47-show-create-table-noformat
-- ansi: true
SHOW CREATE TABLE noformat;
-- case: 48-drop-table-if-exists-noformat
-- ansi: true
DROP TABLE IF EXISTS noformat;
-- case: 49-create-table-bad-a-int-using-nope
-- ansi: true
CREATE TABLE bad (a INT) USING nope;
-- case: 50-create-table-bad-a-int-a-int-using-parquet
-- ansi: true
CREATE TABLE bad (a INT, A INT) USING parquet;
-- case: 51-create-table-bad-a-int-using-parquet-partitioned
-- ansi: true
CREATE TABLE bad (a INT) USING parquet PARTITIONED BY (b);
-- case: 52-create-table-bad-a-int-using-parquet-partitioned
-- ansi: true
CREATE TABLE bad (a INT) USING parquet PARTITIONED BY (a);
-- case: 53-insert-into-nope-values-1
-- ansi: true
INSERT INTO nope VALUES (1);
-- case: 54-truncate-table-nope
-- ansi: true
TRUNCATE TABLE nope;
-- case: 55-truncate-table-tmpv
-- ansi: true
TRUNCATE TABLE tmpv;
-- case: 56-alter-table-nope-rename-to-x
-- ansi: true
ALTER TABLE nope RENAME TO x;
-- case: 57-alter-table-t-rename-to-other-x
-- ansi: true
ALTER TABLE t RENAME TO other.x;
-- case: 58-alter-table-nope-add-columns-a-int
-- ansi: true
ALTER TABLE nope ADD COLUMNS (a INT);
-- case: 59-alter-table-tmpv-add-columns-a-int
-- ansi: true
ALTER TABLE tmpv ADD COLUMNS (a INT);
-- case: 60-show-partitions-nope
-- ansi: true
SHOW PARTITIONS nope;
-- case: 61-show-create-table-nope
-- ansi: true
SHOW CREATE TABLE nope;
-- case: 62-show-create-table-tmpv
-- ansi: true
SHOW CREATE TABLE tmpv;
-- case: 63-show-tblproperties-nope
-- ansi: true
SHOW TBLPROPERTIES nope;
-- case: 64-alter-table-t-set-tblproperties-x-1-y-true
-- ansi: true
ALTER TABLE t SET TBLPROPERTIES ('x' = 1, y = true);
-- case: 65-delete-from-t-where-ticker-a
-- ansi: true
DELETE FROM t WHERE ticker = 'A';
-- case: 66-show-tables
-- ansi: true
SHOW TABLES;
-- case: 67-drop-table-t
-- ansi: true
DROP TABLE t;
-- case: 68-refresh-table-nope
-- ansi: true
REFRESH TABLE nope;
-- case: 69-create-view-v5-as-select-1-as-a-2-as-a
-- ansi: true
CREATE VIEW v5 AS SELECT 1 AS a, 2 AS A;
-- case: 70-create-view-v6-as-select-1-1
-- ansi: true
CREATE VIEW v6 AS SELECT 1 + 1;
