-- The seed job with data in S3, as a person writes it for DuckDB with httpfs.
LOAD '{httpfs}';
CREATE SECRET s (TYPE s3, KEY_ID 'test', SECRET 'testsecret', REGION 'us-east-1', ENDPOINT '{endpoint}',
                 URL_STYLE 'path', USE_SSL false);
COPY (
  SELECT ticker, date, avg(close_price) AS avg_price, max(volume) AS max_volume
  FROM read_parquet('{in}/*.parquet')
  GROUP BY ticker, date
  ORDER BY date
) TO '{out}' (FORMAT parquet, COMPRESSION snappy);
