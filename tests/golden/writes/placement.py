"""Which rows share a file, in which order: repartition, repartitionByRange, sorts, maxRecordsPerFile."""


def prices(spark):
    return spark.sql("""
        SELECT concat('T', id % 7) AS ticker, CAST(2020 + id % 3 AS INT) AS year,
               IF(id % 10 = 0, NULL, CAST(100 + (id * 37) % 50 AS DOUBLE)) AS price, id
        FROM range(0, 40, 1, 1)""")


def case_hash(spark, F, out):
    prices(spark).repartition(4, "ticker").write.csv(out)


def case_hash_two_columns(spark, F, out):
    prices(spark).repartition(5, "ticker", "year").write.csv(out)


def case_hash_of_nulls(spark, F, out):
    prices(spark).repartition(3, "price").write.csv(out)


def case_hash_of_an_expression(spark, F, out):
    prices(spark).repartition(4, F.col("id") % 5, F.upper("ticker")).write.csv(out)


def case_hash_of_a_dropped_column(spark, F, out):
    prices(spark).repartition(4, "ticker").select("id", "price").filter("id > 3").write.csv(out)


def case_hash_of_a_replaced_column(spark, F, out):
    (prices(spark).repartition(4, "ticker").withColumn("ticker", F.lit("X"))
     .withColumn("more", F.col("id") + 1).write.csv(out))


def case_hash_before_explode(spark, F, out):
    (prices(spark).repartition(3, "ticker").select("id", F.explode(F.array("year", "id")).alias("x"))
     .write.csv(out))


def case_hash_more_files_than_rows(spark, F, out):
    prices(spark).limit(3).repartition(20, "ticker").write.csv(out)


def case_hash_no_rows(spark, F, out):
    prices(spark).limit(0).repartition(4, "ticker").write.csv(out)


def case_hash_in_folders(spark, F, out):
    prices(spark).repartition(3, "ticker").write.partitionBy("year").csv(out)


def case_one_file_a_folder(spark, F, out):
    prices(spark).repartition("year").write.partitionBy("year").csv(out)


def case_in_turn_no_rows(spark, F, out):
    prices(spark).limit(0).repartition(4).write.parquet(out)


def case_sorted_within(spark, F, out):
    prices(spark).repartition(3, "ticker").sortWithinPartitions("price", F.desc("id")).write.csv(out)


def case_sorted_within_folders(spark, F, out):
    (prices(spark).repartition(2, "year").sortWithinPartitions("year", F.desc("price"), "id")
     .write.partitionBy("year").csv(out))


def case_sorted_within_then_filtered(spark, F, out):
    (prices(spark).repartition(3, "ticker").sortWithinPartitions("id").filter("price > 120").select("id")
     .write.csv(out))


def case_range(spark, F, out):
    prices(spark).repartitionByRange(4, "id").write.csv(out)


def case_range_descending(spark, F, out):
    prices(spark).repartitionByRange(3, F.desc("price"), "id").write.csv(out)


def case_range_of_few_values(spark, F, out):
    prices(spark).repartitionByRange(5, "year").write.csv(out)


def case_range_of_skewed_values(spark, F, out):
    (prices(spark).withColumn("k", F.when(F.col("id") < 25, 1).otherwise(F.col("id")))
     .repartitionByRange(6, "k").write.csv(out))


def case_range_of_nulls(spark, F, out):
    prices(spark).repartitionByRange(3, "price").write.csv(out)


def case_range_nulls_last(spark, F, out):
    prices(spark).repartitionByRange(3, F.col("price").asc_nulls_last()).write.csv(out)


def case_range_of_a_dropped_column(spark, F, out):
    prices(spark).repartitionByRange(3, "price").select("id").write.csv(out)


def case_range_sorted_within(spark, F, out):
    prices(spark).repartitionByRange(3, "ticker").sortWithinPartitions("ticker", "id").write.csv(out)


def case_range_in_folders(spark, F, out):
    prices(spark).repartitionByRange(3, "id").write.partitionBy("year").csv(out)


def case_range_no_rows(spark, F, out):
    prices(spark).limit(0).repartitionByRange(3, "id").write.csv(out)


def case_range_more_files_than_rows(spark, F, out):
    prices(spark).limit(3).repartitionByRange(8, "id").write.csv(out)


def case_max_records(spark, F, out):
    prices(spark).coalesce(1).write.option("maxRecordsPerFile", 15).csv(out)


def case_max_records_exactly(spark, F, out):
    prices(spark).coalesce(1).write.option("maxRecordsPerFile", 20).csv(out)


def case_max_records_in_folders(spark, F, out):
    prices(spark).coalesce(1).write.option("maxRecordsPerFile", 5).partitionBy("year").csv(out)


def case_max_records_sorted(spark, F, out):
    (prices(spark).coalesce(1).sortWithinPartitions(F.desc("id")).write.option("maxRecordsPerFile", 15)
     .csv(out))


def case_max_records_and_hash(spark, F, out):
    prices(spark).repartition(3, "ticker").write.option("maxRecordsPerFile", 6).csv(out)


def case_max_records_not_positive(spark, F, out):
    prices(spark).coalesce(1).write.option("maxRecordsPerFile", -1).csv(out)


HINTED = """(SELECT id % 5 AS k, id FROM range(0, 40, 1, 1)) AS t"""


def case_repartition_hint(spark, F, out):
    spark.sql(f"SELECT /*+ REPARTITION(4, k) */ * FROM {HINTED}").write.csv(out)


def case_range_hint(spark, F, out):
    spark.sql(f"SELECT /*+ REPARTITION_BY_RANGE(3, id) */ * FROM {HINTED}").write.csv(out)


def case_distribute_by(spark, F, out):
    spark.sql(f"SELECT * FROM {HINTED} DISTRIBUTE BY k SORT BY id DESC").write.csv(out)


def case_dataframe_hint(spark, F, out):
    prices(spark).hint("repartition", 4, "ticker").write.csv(out)
