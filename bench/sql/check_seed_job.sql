-- One line that tells two results apart: rows, sums, and whether the order by date holds.
SELECT count(*), round(sum(avg_price), 4), sum(max_volume), bool_and(ordered)
FROM (SELECT *, date >= lag(date, 1, date) OVER (ORDER BY file_row_number) AS ordered
      FROM read_parquet('{out}', file_row_number = true));
