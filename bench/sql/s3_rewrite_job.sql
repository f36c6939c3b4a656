-- All rows from S3 to S3, as a person writes it for DuckDB with httpfs.
LOAD '{httpfs}';
CREATE SECRET s (TYPE s3, KEY_ID 'test', SECRET 'testsecret', REGION 'us-east-1', ENDPOINT '{endpoint}',
                 URL_STYLE 'path', USE_SSL false);
COPY (
  SELECT * REPLACE (close_price * 2 AS close_price) FROM read_parquet('{in}/*.parquet')
) TO '{out}' (FORMAT parquet, COMPRESSION snappy);
