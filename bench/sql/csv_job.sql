-- The CSV job as a person writes it for DuckDB, with the types given.
COPY (
  SELECT ticker, date, avg(close_price) AS avg_price, max(volume) AS max_volume
  FROM read_csv('{in}', header = true, delim = ',', quote = '"', escape = '"', auto_detect = false,
    columns = {'ticker': 'VARCHAR', 'date': 'DATE', 'open': 'DOUBLE', 'high': 'DOUBLE', 'low': 'DOUBLE',
               'close_price': 'DOUBLE', 'volume': 'BIGINT'})
  GROUP BY ticker, date
  ORDER BY date
) TO '{out}' (FORMAT parquet, COMPRESSION snappy);
