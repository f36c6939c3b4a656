"""Save modes, partitions and the number of files."""


def prices(spark):
    return spark.createDataFrame(
        [("AAPL", 2023, 185.5), ("AAPL", 2024, 184.25), ("IBM", 2024, None), (None, 2024, 1.0)],
        "ticker STRING, year INT, close_price DOUBLE")


def case_parquet(spark, F, out):
    prices(spark).coalesce(1).write.parquet(out)
    return spark.read.parquet(out)


def case_default_format(spark, F, out):
    prices(spark).coalesce(1).write.save(out)
    return spark.read.load(out)


def case_error_if_exists(spark, F, out):
    prices(spark).coalesce(1).write.parquet(out)
    prices(spark).coalesce(1).write.parquet(out)


def case_error_mode(spark, F, out):
    prices(spark).coalesce(1).write.csv(out)
    prices(spark).coalesce(1).write.mode("error").csv(out)


def case_ignore(spark, F, out):
    prices(spark).limit(1).coalesce(1).write.csv(out)
    prices(spark).coalesce(1).write.mode("ignore").csv(out)


def case_append(spark, F, out):
    prices(spark).limit(1).coalesce(1).write.csv(out)
    prices(spark).coalesce(1).write.mode("append").csv(out)


def case_overwrite(spark, F, out):
    prices(spark).coalesce(1).write.csv(out)
    prices(spark).limit(1).coalesce(1).write.mode("overwrite").csv(out)


def case_overwrite_new_folder(spark, F, out):
    prices(spark).coalesce(1).write.mode("overwrite").csv(out)


def case_partition_by(spark, F, out):
    prices(spark).coalesce(1).write.partitionBy("year").parquet(out)
    return spark.read.parquet(out)


def case_partition_by_two(spark, F, out):
    prices(spark).coalesce(1).write.partitionBy("year", "ticker").csv(out)


def case_partition_by_all_columns(spark, F, out):
    prices(spark).coalesce(1).write.partitionBy("ticker", "year", "close_price").parquet(out)


def case_partition_by_missing(spark, F, out):
    prices(spark).write.partitionBy("nope").parquet(out)


def case_partition_by_case(spark, F, out):
    prices(spark).coalesce(1).write.partitionBy("YEAR").csv(out)


def case_partition_values_escaped(spark, F, out):
    df = spark.createDataFrame(
        [(1, "a/b"), (2, "a=b"), (3, "x y%z"), (4, ""), (5, None), (6, "é:*?"), (7, "q\"'\\{}[]^#\t")],
        "v INT, k STRING")
    df.coalesce(1).write.partitionBy("k").csv(out)


def case_partition_types(spark, F, out):
    spark.sql("SELECT 1 AS v, date'2024-01-02' AS d, timestamp'2024-01-02 03:04:05.5' AS t, 1.50 AS n,"
              " true AS b, 1.5D AS f").coalesce(1).write.partitionBy("d", "t", "n", "b", "f").csv(out)


def case_static_overwrite_of_partitions(spark, F, out):
    prices(spark).coalesce(1).write.partitionBy("year").csv(out)
    prices(spark).filter("year = 2023").coalesce(1).write.mode("overwrite").partitionBy("year").csv(out)


def case_dynamic_overwrite_of_partitions(spark, F, out):
    prices(spark).coalesce(1).write.partitionBy("year").csv(out)
    prices(spark).filter("year = 2023").limit(1).coalesce(1).write.mode("overwrite").partitionBy(
        "year").option("partitionOverwriteMode", "dynamic").csv(out)


def case_append_to_partitions(spark, F, out):
    prices(spark).filter("year = 2023").coalesce(1).write.partitionBy("year").csv(out)
    prices(spark).coalesce(1).write.mode("append").partitionBy("year").csv(out)


def case_repartition_three(spark, F, out):
    spark.range(9).repartition(3).write.parquet(out)
    return spark.read.parquet(out)


def case_coalesce_one_of_four(spark, F, out):
    spark.range(0, 8, 1, 4).coalesce(1).write.csv(out)


def case_four_partitions(spark, F, out):
    spark.range(0, 8, 1, 4).write.csv(out)


def case_more_partitions_than_rows(spark, F, out):
    spark.range(0, 1, 1, 3).write.csv(out)


def case_more_partitions_than_rows_parquet(spark, F, out):
    spark.range(0, 1, 1, 3).write.parquet(out)


def case_empty_parquet(spark, F, out):
    prices(spark).filter("false").write.parquet(out)
    return spark.read.parquet(out)


def case_empty_csv_with_header(spark, F, out):
    prices(spark).filter("false").write.option("header", True).csv(out)


def case_empty_partitioned(spark, F, out):
    prices(spark).filter("false").write.partitionBy("year").parquet(out)


def case_max_records_per_file(spark, F, out):
    spark.range(0, 5, 1, 1).write.option("maxRecordsPerFile", 2).csv(out)


def case_sorted(spark, F, out):
    prices(spark).orderBy(F.desc("close_price")).write.csv(out)


def case_sort_within_partition_folder(spark, F, out):
    prices(spark).orderBy("close_price").coalesce(1).write.partitionBy("year").csv(out)


def case_unknown_format(spark, F, out):
    prices(spark).write.format("nosuchformat").save(out)


def case_failing_query(spark, F, out):
    spark.range(0, 3, 1, 1).select(F.expr("1 div (id - 2)")).write.csv(out)


def case_failing_overwrite_keeps_nothing(spark, F, out):
    spark.range(0, 1, 1, 1).write.csv(out)
    spark.range(0, 3, 1, 1).select(F.expr("1 div (id - 2)")).write.mode("overwrite").csv(out)


def case_overwrite_what_is_read(spark, F, out):
    spark.range(0, 3, 1, 1).write.parquet(out)
    spark.read.parquet(out).write.mode("overwrite").parquet(out)


def case_duplicate_columns(spark, F, out):
    spark.range(1).select("id", "id").write.parquet(out)


def case_no_columns(spark, F, out):
    spark.range(1).select().write.parquet(out)


def case_the_seed_program(spark, F, out):
    df = spark.read.parquet("{data}/prices.parquet")
    df.groupBy("ticker", "date").agg(
        F.avg("close_price").alias("avg_price"), F.max("volume").alias("max_volume")
    ).orderBy("date").write.parquet(out)
    return spark.read.parquet(out)
