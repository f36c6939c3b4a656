-- setup
CREATE OR REPLACE TEMP VIEW Prices AS SELECT * FROM VALUES ('AAPL', date'2024-01-02', 185.5D, 100L), ('IBM', date'2024-01-03', 161.5D, NULL) AS t(Ticker, Date, Close_Price, volume);
SELECT TICKER, date, CLOSE_PRICE, Volume FROM PRICES;
SELECT p.TICKER, P.ticker FROM prices p;
SELECT Prices.ticker FROM pRICES;
SELECT * FROM prices;
SELECT ticker AS T, t.VOLUME AS v FROM prices t WHERE TICKER = 'IBM';
SELECT UPPER(ticker), Count(*), SUM(VOLUME) FROM prices GROUP BY TICKER;
SELECT ticker FROM prices ORDER BY TICKER, VOLUME;
SELECT a.ticker, b.TICKER FROM prices a JOIN prices b USING (TICKER);
SELECT * FROM prices a JOIN prices b USING (ticker) WHERE A.volume = B.VOLUME;
SELECT row_number() OVER (PARTITION BY TICKER ORDER BY DATE) FROM prices;
SELECT s.A, s.b FROM (SELECT named_struct('a', 1, 'B', 2) AS S);
SELECT * FROM (SELECT ticker AS x FROM prices) T WHERE t.X = 'IBM';
SELECT a FROM (SELECT 1 AS a, 2 AS A);
WITH Q AS (SELECT 1 AS One) SELECT ONE FROM q;
SELECT transform(array(1), X -> x + 1);
SELECT ticker AS Volume, VOLUME FROM prices;
SELECT Cast(volume AS string), DATE '2024-01-01', TIMESTAMP'2024-01-01 00:00:00', X'01', TRUE, NULL FROM prices;
