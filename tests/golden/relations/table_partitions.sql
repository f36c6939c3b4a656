-- setup
CREATE DATABASE IF NOT EXISTS golden_partitions;
-- setup
USE golden_partitions;
-- setup
DROP TABLE IF EXISTS p;
-- case: 01-create-table-p-price-double-ticker-string-year-i
-- ansi: true
CREATE TABLE p (price DOUBLE, ticker STRING, year INT) USING parquet PARTITIONED BY (ticker, year);
-- case: 02-show-partitions-p
-- ansi: true
SHOW PARTITIONS p;
-- case: 03-insert-into-p-values-1-5-aapl-2023-2-5-ibm-2024
-- ansi: true
INSERT INTO p VALUES (1.5, 'AAPL', 2023), (2.5, 'IBM', 2024), (3.5, NULL, 2024);
-- case: 04-insert-into-p-partition-ticker-x-year-2020-value
-- ansi: true
INSERT INTO p PARTITION (ticker = 'X', year = 2020) VALUES (9.5);
-- case: 05-insert-into-p-partition-ticker-x-year-values-9-5
-- ansi: true
INSERT INTO p PARTITION (ticker = 'X', year) VALUES (9.5, 2021);
-- case: 06-insert-into-p-partition-ticker-x-select-9-75-202
-- ansi: true
INSERT INTO p PARTITION (ticker = 'X') SELECT 9.75, 2022;
-- case: 07-insert-into-p-partition-year-2025-ticker-select
-- ansi: true
INSERT INTO p PARTITION (year = 2025, ticker) SELECT 9.75, 'Q';
-- case: 08-insert-into-p-partition-nope-1-select-9-75-2022
-- ansi: true
INSERT INTO p PARTITION (nope = 1) SELECT 9.75, 2022;
-- case: 09-insert-into-p-ticker-price-year-values-w-7-0-199
-- ansi: true
INSERT INTO p (ticker, price, year) VALUES ('W', 7.0, 1999);
-- case: 10-insert-into-p-partition-ticker-x-year-2020-price
-- ansi: true
INSERT INTO p PARTITION (ticker = 'X', year = 2020) (price) VALUES (9.25);
-- case: 11-select-from-p-order-by-all
-- ansi: true
SELECT * FROM p ORDER BY ALL;
-- case: 12-show-partitions-p
-- ansi: true
SHOW PARTITIONS p;
-- case: 13-show-partitions-p-partition-ticker-x
-- ansi: true
SHOW PARTITIONS p PARTITION (ticker = 'X');
-- case: 14-show-partitions-p-partition-nope-x
-- ansi: true
SHOW PARTITIONS p PARTITION (nope = 'X');
-- case: 15-insert-overwrite-p-partition-ticker-x-year-2020
-- ansi: true
INSERT OVERWRITE p PARTITION (ticker = 'X', year = 2020) VALUES (100.0);
-- case: 16-insert-overwrite-p-partition-ticker-x-year-2020
-- ansi: true
INSERT OVERWRITE p PARTITION (ticker = 'X', year = 2020) IF NOT EXISTS VALUES (200.0);
-- case: 17-insert-overwrite-p-partition-ticker-x-year-value
-- ansi: true
INSERT OVERWRITE p PARTITION (ticker = 'X', year) VALUES (300.0, 2030);
-- case: 18-select-from-p-order-by-all
-- ansi: true
SELECT * FROM p ORDER BY ALL;
-- case: 19-alter-table-p-add-partition-ticker-n-year-1
-- ansi: true
ALTER TABLE p ADD PARTITION (ticker = 'N', year = 1);
-- case: 20-alter-table-p-add-partition-ticker-n-year-1
-- ansi: true
ALTER TABLE p ADD PARTITION (ticker = 'N', year = 1);
-- case: 21-alter-table-p-add-if-not-exists-partition-ticker
-- ansi: true
ALTER TABLE p ADD IF NOT EXISTS PARTITION (ticker = 'N', year = 1) PARTITION (ticker='M', year=2);
-- case: 22-alter-table-p-add-partition-ticker-n
-- ansi: true
ALTER TABLE p ADD PARTITION (ticker = 'N');
-- case: 23-alter-table-p-add-partition-nope-n
-- ansi: true
ALTER TABLE p ADD PARTITION (nope = 'N');
-- case: 24-show-partitions-p
-- ansi: true
SHOW PARTITIONS p;
-- case: 25-alter-table-p-drop-partition-ticker-n-year-1
-- ansi: true
ALTER TABLE p DROP PARTITION (ticker = 'N', year = 1);
-- case: 26-alter-table-p-drop-partition-ticker-n-year-1
-- ansi: true
ALTER TABLE p DROP PARTITION (ticker = 'N', year = 1);
-- case: 27-alter-table-p-drop-if-exists-partition-ticker-n
-- ansi: true
ALTER TABLE p DROP IF EXISTS PARTITION (ticker = 'N', year = 1);
-- case: 28-alter-table-p-drop-partition-ticker-w
-- ansi: true
ALTER TABLE p DROP PARTITION (ticker = 'W');
-- case: 29-alter-table-p-partition-ticker-m-year-2-rename-t
-- ansi: true
ALTER TABLE p PARTITION (ticker='M', year=2) RENAME TO PARTITION (ticker='M', year=3);
-- case: 30-show-partitions-p
-- ansi: true
SHOW PARTITIONS p;
-- case: 31-show-create-table-p
-- ansi: true
SHOW CREATE TABLE p;
-- case: 32-describe-p-partition-ticker-aapl-year-2023
-- ansi: true
DESCRIBE p PARTITION (ticker='AAPL', year=2023);
-- case: 33-truncate-table-p-partition-ticker-aapl-year-2023
-- ansi: true
TRUNCATE TABLE p PARTITION (ticker='AAPL', year=2023);
-- case: 34-truncate-table-p-partition-ticker-nope-year-2023
-- ansi: true
TRUNCATE TABLE p PARTITION (ticker='nope', year=2023);
-- case: 35-select-from-p-order-by-all
-- ansi: true
SELECT * FROM p ORDER BY ALL;
-- case: 36-msck-repair-table-p
-- ansi: true
MSCK REPAIR TABLE p;
-- case: 37-alter-table-p-recover-partitions
-- ansi: true
ALTER TABLE p RECOVER PARTITIONS;
-- case: 38-drop-table-p
-- ansi: true
DROP TABLE p;
