-- {rows} daily bars of 500 tickers as CSV lines, prices and volumes a deterministic function of the row; the ticker of
-- every 20th line is in quotes.
COPY (
  SELECT CASE WHEN i % 20 = 0 THEN '"T' || (i % 500) || '"' ELSE 'T' || (i % 500) END || ',' ||
    CAST(DATE '2015-01-01' + CAST(i // 500 % 2520 AS INTEGER) AS VARCHAR) || ',' ||
    CAST(round(20 + (hash(i) % 100000) / 100.0, 2) AS VARCHAR) || ',' ||
    CAST(round(20 + (hash(i + 1) % 100000) / 100.0, 2) AS VARCHAR) || ',' ||
    CAST(round(20 + (hash(i + 2) % 100000) / 100.0, 4) AS VARCHAR) || ',' ||
    CAST(CAST(20 + (hash(i + 3) % 100000) / 777.0 AS DOUBLE) AS VARCHAR) || ',' ||
    CAST(hash(i + 4) % 100000000 AS VARCHAR) AS "ticker,date,open,high,low,close_price,volume"
  FROM range({rows}) t(i)
) TO '{out}' (FORMAT csv, HEADER true, QUOTE '', ESCAPE '', DELIMITER e'\x01');
