-- The same line for a result of several part files, whose names' order is the rows' order.
SELECT count(*), round(sum(avg_price), 4), sum(max_volume), bool_and(ordered)
FROM (SELECT *, date >= lag(date, 1, date) OVER (ORDER BY filename, file_row_number) AS ordered
      FROM read_parquet('{out}/part-*.parquet', filename = true, file_row_number = true));
