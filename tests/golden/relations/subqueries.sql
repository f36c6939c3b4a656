-- setup
CREATE OR REPLACE TEMP VIEW prices AS SELECT * FROM VALUES ('AAPL', date'2024-01-02', 185.5D, 100L), ('AAPL', date'2024-01-03', 184.25D, 200L), ('AAPL', date'2024-01-04', NULL, 150L), ('IBM', date'2024-01-02', 160.0D, 50L), ('IBM', date'2024-01-03', 161.5D, NULL), ('MSFT', date'2024-01-03', 370.0D, 80L), (NULL, NULL, 1.0D, 1L) AS t(ticker, date, close_price, volume);
-- setup
CREATE OR REPLACE TEMP VIEW sectors AS SELECT * FROM VALUES ('AAPL', 'Tech'), ('MSFT', 'Tech'), ('XOM', 'Energy'), (NULL, 'None') AS t(ticker, sector);
-- setup
CREATE OR REPLACE TEMP VIEW l AS SELECT * FROM VALUES (1, 'a'), (2, 'b'), (2, 'bb'), (NULL, 'n') AS t(id, lv);
-- setup
CREATE OR REPLACE TEMP VIEW r AS SELECT * FROM VALUES (2, 'x'), (2, 'xx'), (3, 'y'), (NULL, 'm') AS t(id, rv);
SELECT (SELECT 1), (SELECT max(volume) FROM prices);
SELECT (SELECT volume FROM prices WHERE ticker = 'NONE');
SELECT (SELECT volume FROM prices);
SELECT (SELECT 1, 2);
SELECT ticker FROM prices WHERE volume = (SELECT max(volume) FROM prices);
SELECT ticker, (SELECT sector FROM sectors s WHERE s.ticker = p.ticker) FROM prices p;
SELECT ticker, (SELECT count(*) FROM sectors s WHERE s.ticker = p.ticker) AS n FROM prices p;
SELECT s.ticker, (SELECT max(volume) FROM prices p WHERE p.ticker = s.ticker) AS m FROM sectors s;
SELECT s.ticker, (SELECT count(*) + 1 FROM prices p WHERE p.ticker = s.ticker) FROM sectors s;
SELECT * FROM sectors WHERE EXISTS (SELECT 1 FROM prices WHERE prices.ticker = sectors.ticker);
SELECT * FROM sectors WHERE NOT EXISTS (SELECT 1 FROM prices WHERE prices.ticker = sectors.ticker);
SELECT * FROM sectors WHERE EXISTS (SELECT 1 FROM prices WHERE false);
SELECT * FROM sectors WHERE ticker IN (SELECT ticker FROM prices);
SELECT * FROM sectors WHERE ticker NOT IN (SELECT ticker FROM prices);
SELECT * FROM sectors WHERE ticker NOT IN (SELECT ticker FROM prices WHERE ticker IS NOT NULL);
SELECT * FROM sectors WHERE ticker NOT IN (SELECT ticker FROM prices WHERE false);
SELECT * FROM sectors WHERE ticker IN (SELECT ticker FROM prices WHERE volume > 90) OR sector = 'Energy';
SELECT id, id IN (SELECT id FROM r), id NOT IN (SELECT id FROM r), EXISTS (SELECT 1 FROM r WHERE r.id = l.id) FROM l;
SELECT * FROM l WHERE (id, lv) IN (SELECT id, rv FROM r);
SELECT * FROM l WHERE (id, lv) NOT IN (SELECT id, rv FROM r);
SELECT * FROM l WHERE (id, lv) NOT IN (SELECT id, rv FROM r WHERE id IS NOT NULL);
SELECT * FROM l WHERE id NOT IN (SELECT id FROM r WHERE r.rv > l.lv);
SELECT * FROM prices p WHERE close_price > (SELECT avg(close_price) FROM prices q WHERE q.ticker = p.ticker);
SELECT * FROM prices p WHERE volume >= (SELECT max(q.volume) FROM prices q WHERE q.date = p.date AND q.ticker <> 'MSFT');
SELECT ticker FROM prices GROUP BY ticker HAVING sum(volume) > (SELECT avg(volume) FROM prices);
SELECT * FROM l WHERE id IN (SELECT id, rv FROM r);
SELECT * FROM l WHERE id IN (SELECT rv FROM r);
SELECT * FROM l WHERE id = (SELECT id FROM r WHERE r.id = l.id);
SELECT * FROM l WHERE EXISTS (SELECT * FROM r WHERE r.id > l.id);
SELECT (SELECT sum(x.id) FROM r x WHERE x.id = l.id) + 1 FROM l;
SELECT * FROM (SELECT id, (SELECT first(rv) FROM r WHERE r.id = l.id AND r.rv = 'x') AS f FROM l) WHERE f IS NOT NULL;
SELECT ticker, (SELECT max(nope) FROM sectors s WHERE s.ticker = p.ticker) FROM prices p;
SELECT * FROM VALUES (1), (2) AS t(a) WHERE a IN (SELECT 1 UNION ALL SELECT NULL);
