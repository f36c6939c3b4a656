-- setup
CREATE OR REPLACE TEMP VIEW prices AS SELECT * FROM VALUES ('AAPL', date'2024-01-02', 185.5D, 100L), ('IBM', date'2024-01-03', 161.5D, NULL) AS t(ticker, date, close_price, volume);
-- case: create-global-view
CREATE OR REPLACE GLOBAL TEMP VIEW golden_global AS SELECT 7 AS g;
SELECT * FROM global_temp.golden_global;
-- case: cache-table
CACHE TABLE prices;
-- case: uncache-table
UNCACHE TABLE prices;
-- case: refresh-nothing
CLEAR CACHE;
