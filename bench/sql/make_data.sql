-- {years} years of 48 intraday bars a day for 500 tickers, in files of one year each. Prices are a deterministic
-- function of ticker and time, so that every machine makes the same rows.
COPY (
  SELECT
    'T' || lpad(CAST(t AS VARCHAR), 3, '0') AS ticker,
    CAST(DATE '2014-01-01' + CAST(d AS INTEGER) AS DATE) AS date,
    CAST(DATE '2014-01-01' + CAST(d AS INTEGER) AS TIMESTAMP) + to_minutes(570 + b * 8) AS ts,
    round(20 + (hash(t, d) % 10000) / 100.0 + (hash(t, d, b) % 200) / 100.0, 2) AS close_price,
    CAST(hash(b, d, t) % 1000000 AS BIGINT) AS volume
  FROM range({first}, {last}) days(d), range(500) tickers(t), range(48) bars(b)
  ORDER BY d, t, b
) TO '{out}/part-{first}.parquet' (FORMAT parquet, COMPRESSION snappy);
