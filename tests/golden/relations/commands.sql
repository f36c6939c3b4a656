-- setup
CREATE OR REPLACE TEMP VIEW prices AS SELECT * FROM VALUES ('AAPL', date'2024-01-02', 185.5D, 100L), ('IBM', date'2024-01-03', 161.5D, NULL) AS t(ticker, date, close_price, volume);
DESCRIBE prices;
DESC TABLE prices;
DESCRIBE prices ticker;
DESCRIBE QUERY SELECT ticker, volume + 1 AS v, array(1) AS a FROM prices;
SHOW COLUMNS IN prices;
SHOW COLUMNS FROM prices;
SHOW DATABASES LIKE 'default';
SHOW SCHEMAS LIKE 'nosuch*';
SHOW TABLES LIKE 'nosuch*';
SHOW TABLES IN default LIKE 'nosuch*';
SHOW CURRENT NAMESPACE;
SHOW FUNCTIONS LIKE 'upper';
SHOW SYSTEM FUNCTIONS LIKE 'regexp_rep*';
USE default;
USE spark_catalog.default;
-- case: set-value
SET golden.key = some value;
-- case: set-read
SET golden.key;
-- case: set-unknown
SET golden.unknown;
SET spark.sql.shuffle.partitions;
SET spark.sql.session.timeZone;
-- case: set-zone
SET TIME ZONE 'UTC';
-- case: reset-key
RESET golden.key;
-- case: create-view
CREATE TEMP VIEW one AS SELECT 1 AS a, 'x' AS b;
SELECT * FROM one;
-- case: create-view-again
CREATE TEMP VIEW one AS SELECT 2 AS a;
-- case: replace-view
CREATE OR REPLACE TEMP VIEW one AS SELECT 2 AS a;
-- case: read-replaced-view
SELECT * FROM one;
-- case: view-with-columns
CREATE OR REPLACE TEMP VIEW one(p, q) AS SELECT 1, 2;
-- case: read-view-with-columns
SELECT p + q FROM one;
-- case: view-over-view
CREATE TEMP VIEW two AS SELECT p FROM one WHERE q = 2;
-- case: read-view-over-view
SELECT * FROM two;
-- case: show-views
SHOW VIEWS LIKE 'two';
-- case: drop-view
DROP VIEW one;
-- case: read-dropped-view
SELECT * FROM one;
-- case: drop-view-again
DROP VIEW one;
-- case: drop-view-if-exists
DROP VIEW IF EXISTS one;
