-- setup
CREATE OR REPLACE TEMP VIEW prices AS SELECT * FROM VALUES ('AAPL', date'2023-12-28', 194.14D, 193.58D, 34049900L), ('AAPL', date'2023-12-29', 193.9D, 192.53D, 42628800L), ('AAPL', date'2024-01-02', 187.15D, 185.64D, 82488700L), ('AAPL', date'2024-01-03', 184.22D, 184.25D, 58414500L), ('AAPL', date'2024-01-04', 182.15D, 181.91D, 71983600L), ('IBM', date'2023-12-29', 163.6D, 163.55D, 2071300L), ('IBM', date'2024-01-02', 162.83D, 161.5D, 3825000L), ('IBM', date'2024-01-03', 161D, NULL, 4086600L), ('IBM', date'2024-01-04', 160D, 160.86D, NULL), ('MSFT', date'2024-01-02', 373.86D, 370.87D, 25258600L), ('MSFT', date'2024-01-02', 373.86D, 370.87D, 25258600L), ('MSFT', date'2024-01-04', 370.67D, 367.94D, 20901500L) AS t(ticker, date, open_price, close_price, volume);
-- setup
CREATE OR REPLACE TEMP VIEW sectors AS SELECT * FROM VALUES ('AAPL', 'Information Technology'), ('IBM', 'Information Technology'), ('XOM', 'Energy') AS t(ticker, sector);
-- case: seed-job
-- ordered
SELECT ticker, date, avg(close_price) AS avg_price, max(volume) AS max_volume FROM prices GROUP BY ticker, date ORDER BY date, ticker;
-- case: yearly-summary
-- ordered
SELECT ticker, year(date) AS year, min_by(close_price, date) AS first_close, max_by(close_price, date) AS last_close, max_by(close_price, date) / min_by(close_price, date) - 1 AS total_return, avg(close_price * volume) AS avg_dollar_volume, count(*) AS days FROM prices GROUP BY ticker, year(date) ORDER BY ticker, year;
-- case: daily-returns
SELECT ticker, date, close_price / lag(close_price) OVER (PARTITION BY ticker ORDER BY date) - 1 AS daily_return, ln(close_price / lag(close_price) OVER (PARTITION BY ticker ORDER BY date)) AS log_return FROM (SELECT DISTINCT * FROM prices);
-- case: annualised-volatility
-- ordered
SELECT ticker, stddev(r) * sqrt(252) AS volatility, count(r) AS n FROM (SELECT ticker, close_price / lag(close_price) OVER (PARTITION BY ticker ORDER BY date) - 1 AS r FROM prices) GROUP BY ticker ORDER BY ticker;
-- case: moving-average
SELECT ticker, date, avg(close_price) OVER (PARTITION BY ticker ORDER BY date ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS sma_3, max(close_price) OVER (PARTITION BY ticker ORDER BY date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS high FROM prices;
-- case: drawdown
SELECT ticker, min(close_price / high - 1) AS max_drawdown FROM (SELECT ticker, close_price, max(close_price) OVER (PARTITION BY ticker ORDER BY date) AS high FROM prices) GROUP BY ticker;
-- case: duplicates
SELECT ticker, date, count(*) AS n FROM prices GROUP BY ticker, date HAVING count(*) > 1;
-- case: keep-first-of-duplicates
SELECT ticker, date, close_price FROM (SELECT *, row_number() OVER (PARTITION BY ticker, date ORDER BY volume DESC) AS rn FROM prices) WHERE rn = 1;
-- case: quality-counts
SELECT count(*) AS rows, count_if(close_price IS NULL) AS missing_close, count_if(volume IS NULL) AS missing_volume, sum(CASE WHEN close_price <= 0 THEN 1 ELSE 0 END) AS not_positive, count(DISTINCT ticker) AS tickers, min(date), max(date) FROM prices;
-- case: join-sectors
SELECT /*+ BROADCAST(s) */ p.ticker, s.sector, round(avg(p.close_price), 2) AS avg_close FROM prices p LEFT JOIN sectors s ON p.ticker = s.ticker GROUP BY p.ticker, s.sector;
-- case: sector-share
SELECT sector, sum(volume) AS v, round(100 * sum(volume) / sum(sum(volume)) OVER (), 2) AS share FROM prices JOIN sectors USING (ticker) GROUP BY sector;
-- case: monthly
-- ordered
SELECT ticker, date_trunc('MONTH', date) AS month, first(open_price) AS open, max(close_price) AS high, min(close_price) AS low, sum(volume) AS volume FROM (SELECT * FROM prices ORDER BY ticker, date) GROUP BY ticker, date_trunc('MONTH', date) ORDER BY ticker, month;
-- case: weekly
SELECT ticker, next_day(date, 'FRI') AS week_end, max(volume) FROM prices GROUP BY ticker, next_day(date, 'FRI');
-- case: gaps
SELECT ticker, date, datediff(date, lag(date) OVER (PARTITION BY ticker ORDER BY date)) AS gap FROM prices;
-- case: top-two-by-volume
-- ordered
SELECT date, ticker, volume, rank() OVER (PARTITION BY date ORDER BY volume DESC) AS r FROM prices WHERE date >= '2024-01-01' ORDER BY date, r, ticker;
-- case: pivot-by-ticker
-- ordered
SELECT * FROM (SELECT date, ticker, close_price FROM prices) PIVOT (avg(close_price) FOR ticker IN ('AAPL', 'IBM', 'MSFT')) ORDER BY date;
-- case: correlation
SELECT corr(a.close_price, b.close_price), covar_samp(a.close_price, b.close_price), regr_slope(a.close_price, b.close_price) FROM prices a JOIN prices b ON a.date = b.date AND a.ticker = 'AAPL' AND b.ticker = 'IBM';
-- case: above-average
SELECT ticker, date, close_price FROM prices p WHERE close_price > (SELECT avg(close_price) FROM prices q WHERE q.ticker = p.ticker);
-- case: vwap
SELECT ticker, sum(close_price * volume) / sum(volume) AS vwap FROM prices GROUP BY ticker;
-- case: candle
SELECT ticker, date, CASE WHEN close_price > open_price THEN 'up' WHEN close_price < open_price THEN 'down' ELSE 'flat' END AS candle, round(abs(close_price - open_price), 2) AS body FROM prices;
-- case: rollup-by-year
SELECT ticker, year(date) AS y, sum(volume), grouping_id() FROM prices GROUP BY ROLLUP (ticker, year(date));
-- case: cumulative-return
SELECT ticker, date, exp(sum(ln(1 + coalesce(r, 0))) OVER (PARTITION BY ticker ORDER BY date)) - 1 AS cumulative FROM (SELECT ticker, date, close_price / lag(close_price) OVER (PARTITION BY ticker ORDER BY date) - 1 AS r FROM prices WHERE ticker = 'AAPL');
-- case: as-text
SELECT concat_ws(' ', ticker, date_format(date, 'EEE d MMM yyyy'), format_number(close_price, 2), format_string('%,d', volume)) FROM prices;
-- case: range-window-of-days
SELECT ticker, date, sum(volume) OVER (PARTITION BY ticker ORDER BY date RANGE BETWEEN interval '3' day PRECEDING AND CURRENT ROW) AS v FROM prices;
