-- setup
CREATE OR REPLACE TEMP VIEW prices AS SELECT * FROM VALUES ('AAPL', date'2024-01-02', 185.5D, 100L), ('AAPL', date'2024-01-03', 184.25D, 200L), ('AAPL', date'2024-01-04', NULL, 150L), ('IBM', date'2024-01-02', 160.0D, 50L), ('IBM', date'2024-01-03', 161.5D, NULL), ('MSFT', date'2024-01-03', 370.0D, 80L), (NULL, NULL, 1.0D, 1L) AS t(ticker, date, close_price, volume);
-- setup
CREATE OR REPLACE TEMP VIEW sectors AS SELECT * FROM VALUES ('AAPL', 'Tech'), ('MSFT', 'Tech'), ('XOM', 'Energy'), (NULL, 'None') AS t(ticker, sector);
-- setup
CREATE OR REPLACE TEMP VIEW l AS SELECT * FROM VALUES (1, 'a'), (2, 'b'), (2, 'bb'), (NULL, 'n') AS t(id, lv);
-- setup
CREATE OR REPLACE TEMP VIEW r AS SELECT * FROM VALUES (2, 'x'), (2, 'xx'), (3, 'y'), (NULL, 'm') AS t(id, rv);
SELECT * FROM l JOIN r ON l.id = r.id;
SELECT * FROM l INNER JOIN r USING (id);
SELECT * FROM l LEFT JOIN r ON l.id = r.id;
SELECT * FROM l LEFT OUTER JOIN r USING (id);
SELECT * FROM l RIGHT JOIN r ON l.id = r.id;
SELECT * FROM l RIGHT JOIN r USING (id);
SELECT * FROM l FULL OUTER JOIN r ON l.id = r.id;
SELECT * FROM l FULL JOIN r USING (id);
SELECT id, l.id, r.id FROM l FULL JOIN r USING (id);
SELECT * FROM l LEFT SEMI JOIN r ON l.id = r.id;
SELECT * FROM l SEMI JOIN r USING (id);
SELECT * FROM l LEFT ANTI JOIN r ON l.id = r.id;
SELECT * FROM l ANTI JOIN r USING (id);
SELECT * FROM l CROSS JOIN r;
SELECT * FROM l, r WHERE l.id = r.id;
SELECT * FROM l JOIN r;
SELECT * FROM l NATURAL JOIN r;
SELECT * FROM l NATURAL LEFT JOIN r;
SELECT * FROM l JOIN r ON l.id < r.id;
SELECT * FROM l LEFT JOIN r ON l.id = r.id AND r.rv = 'x';
SELECT * FROM l LEFT JOIN r ON l.id = r.id WHERE r.rv = 'x';
SELECT * FROM l JOIN r ON l.id <=> r.id;
SELECT * FROM l LEFT JOIN r ON false;
SELECT * FROM l JOIN r ON NULL;
SELECT * FROM l FULL JOIN r ON l.id > r.id;
SELECT a.id, b.id FROM l a JOIN l b ON a.id = b.id;
SELECT l.*, r.rv FROM l JOIN r ON l.id = r.id;
SELECT l.lv, r.rv, x.lv FROM l JOIN r ON l.id = r.id JOIN l x ON x.id = r.id;
SELECT p.ticker, s.sector, count(*), avg(close_price) FROM prices p LEFT JOIN sectors s ON p.ticker = s.ticker GROUP BY p.ticker, s.sector;
SELECT /*+ BROADCAST(s) */ p.ticker, sector FROM prices p JOIN sectors s ON p.ticker = s.ticker;
SELECT * FROM (SELECT id FROM l) a LEFT JOIN LATERAL (SELECT rv FROM r WHERE r.id = a.id) b;
SELECT * FROM l JOIN LATERAL (SELECT max(rv) AS m FROM r WHERE r.id = l.id) ON true;
SELECT * FROM VALUES (1) AS a(x) JOIN VALUES ('1') AS b(y) ON a.x = b.y;
SELECT * FROM VALUES (1) AS a(x) JOIN VALUES (1L) AS b(y) ON x = y;
SELECT * FROM l JOIN r ON l.id;
SELECT id FROM l JOIN r ON l.id = r.id;
SELECT * FROM l JOIN r USING (nope);
SELECT * FROM l JOIN r USING (lv);
SELECT r.rv FROM l LEFT SEMI JOIN r ON l.id = r.id;
