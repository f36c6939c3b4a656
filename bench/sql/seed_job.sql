-- The seed job as a person writes it for DuckDB: same codec, order and number of files as Ember's output.
COPY (
  SELECT ticker, date, avg(close_price) AS avg_price, max(volume) AS max_volume
  FROM read_parquet('{in}/*.parquet')
  GROUP BY ticker, date
  ORDER BY date
) TO '{out}' (FORMAT parquet, COMPRESSION snappy);
