"""bucketBy and sortBy: bucket files, their rows and order, what the catalog says, errors."""


def prices(spark):
    rows = [("IBM", "2024-01-03", 160.5), ("AAPL", "2024-01-02", 185.64), ("MSFT", "2024-01-02", 370.87),
            ("AAPL", "2024-01-03", 184.25), (None, "2024-01-02", 1.0), ("MSFT", "2024-01-03", None),
            ("GOOG", "2024-01-02", 139.56), ("IBM", "2024-01-02", 161.5), ("TSLA", None, 248.42)]
    return (spark.createDataFrame(rows, "ticker STRING, date STRING, close DOUBLE").coalesce(1)
            .selectExpr("ticker", "CAST(date AS DATE) AS date", "close"))


def fresh(spark):
    spark.sql("DROP TABLE IF EXISTS golden_prices")
    return prices(spark)


def kinds(spark):
    return spark.sql("""
        SELECT id, CAST(id - 3 AS TINYINT) AS b, CAST(id * 7 AS SMALLINT) AS h, CAST(id AS INT) AS i,
               CAST(id / 4 AS FLOAT) AS f, id / 8 AS d, CAST(id AS DECIMAL(9, 2)) AS m,
               CAST(id AS DECIMAL(30, 2)) AS n, id % 2 = 0 AS o, CAST(concat('x', id) AS BINARY) AS y,
               date_add(DATE'2024-01-01', CAST(id AS INT)) AS t,
               TIMESTAMP'2024-01-01 10:00:00' + make_dt_interval(0, CAST(id AS INT)) AS s,
               array(id, id + 1) AS a, named_struct('p', id, 'q', concat('q', id)) AS r
        FROM range(1, 9, 1, 1)""")


def case_one_column(spark, F, out):
    fresh(spark).write.bucketBy(4, "ticker").format("csv").option("path", out).saveAsTable("golden_prices")
    return spark.table("golden_prices")


def case_sorted(spark, F, out):
    (fresh(spark).write.bucketBy(3, "ticker").sortBy("ticker", "date").format("csv").option("path", out)
     .saveAsTable("golden_prices"))
    return spark.table("golden_prices")


def case_sorted_parquet(spark, F, out):
    fresh(spark).write.bucketBy(2, "ticker").sortBy("date").option("path", out).saveAsTable("golden_prices")
    return spark.table("golden_prices")


def case_two_columns(spark, F, out):
    (fresh(spark).write.bucketBy(4, "ticker", "date").sortBy("close").format("json").option("path", out)
     .saveAsTable("golden_prices"))


def case_in_partitions(spark, F, out):
    (fresh(spark).write.partitionBy("date").bucketBy(2, "ticker").sortBy("close").format("csv")
     .option("path", out).saveAsTable("golden_prices"))
    return spark.table("golden_prices")


def case_max_records(spark, F, out):
    (fresh(spark).write.bucketBy(2, "ticker").sortBy("date").option("maxRecordsPerFile", 2).format("csv")
     .option("path", out).saveAsTable("golden_prices"))


def case_repartitioned(spark, F, out):
    (fresh(spark).repartition(3, "date").write.bucketBy(2, "ticker").format("csv").option("path", out)
     .saveAsTable("golden_prices"))


def case_letter_case(spark, F, out):
    (fresh(spark).write.bucketBy(2, "TICKER").sortBy("Date").format("csv").option("path", out)
     .saveAsTable("golden_prices"))


def case_no_rows(spark, F, out):
    fresh(spark).limit(0).write.bucketBy(2, "ticker").option("path", out).saveAsTable("golden_prices")
    return spark.table("golden_prices")


def case_append(spark, F, out):
    fresh(spark).limit(3).write.bucketBy(2, "ticker").sortBy("date").format("csv").option("path", out) \
        .saveAsTable("golden_prices")
    prices(spark).limit(2).write.mode("append").bucketBy(2, "ticker").sortBy("date").format("csv") \
        .saveAsTable("golden_prices")
    return spark.table("golden_prices")


def case_insert_into(spark, F, out):
    fresh(spark).limit(3).write.bucketBy(2, "ticker").sortBy("date").format("csv").option("path", out) \
        .saveAsTable("golden_prices")
    prices(spark).write.insertInto("golden_prices")


def case_append_other_buckets(spark, F, out):
    fresh(spark).write.bucketBy(2, "ticker").sortBy("date").saveAsTable("golden_prices")
    prices(spark).write.mode("append").bucketBy(3, "ticker").saveAsTable("golden_prices")


def case_append_without_buckets(spark, F, out):
    fresh(spark).write.bucketBy(2, "ticker").saveAsTable("golden_prices")
    prices(spark).write.mode("append").saveAsTable("golden_prices")


def case_append_buckets_to_none(spark, F, out):
    fresh(spark).write.saveAsTable("golden_prices")
    prices(spark).write.mode("append").bucketBy(2, "ticker").saveAsTable("golden_prices")


def case_overwrite_with_others(spark, F, out):
    fresh(spark).write.bucketBy(2, "ticker").saveAsTable("golden_prices")
    prices(spark).write.mode("overwrite").bucketBy(3, "date").saveAsTable("golden_prices")
    return spark.sql("SHOW CREATE TABLE golden_prices")


def case_save(spark, F, out):
    fresh(spark).write.bucketBy(2, "ticker").save(out)


def case_save_sorted(spark, F, out):
    fresh(spark).write.bucketBy(2, "ticker").sortBy("date").parquet(out)


def case_save_not_positive(spark, F, out):
    fresh(spark).write.bucketBy(0, "ticker").csv(out)


def case_sort_by_alone(spark, F, out):
    fresh(spark).write.sortBy("ticker").saveAsTable("golden_prices")


def case_insert_into_with_buckets(spark, F, out):
    fresh(spark).write.saveAsTable("golden_prices")
    prices(spark).write.bucketBy(2, "ticker").insertInto("golden_prices")


def case_too_many(spark, F, out):
    fresh(spark).write.bucketBy(100001, "ticker").saveAsTable("golden_prices")


def case_no_such_column(spark, F, out):
    fresh(spark).write.bucketBy(2, "sector").saveAsTable("golden_prices")


def case_no_such_sort_column(spark, F, out):
    fresh(spark).write.bucketBy(2, "ticker").sortBy("sector").saveAsTable("golden_prices")


def case_partition_column(spark, F, out):
    fresh(spark).write.partitionBy("ticker").bucketBy(2, "ticker").saveAsTable("golden_prices")


def case_sort_by_partition_column(spark, F, out):
    fresh(spark).write.partitionBy("date").bucketBy(2, "ticker").sortBy("date").saveAsTable("golden_prices")


def case_column_twice(spark, F, out):
    fresh(spark).write.bucketBy(2, "ticker", "Ticker").saveAsTable("golden_prices")


def case_sort_by_a_map(spark, F, out):
    (fresh(spark).selectExpr("ticker", "map('a', close) AS m").write.bucketBy(2, "ticker").sortBy("m")
     .saveAsTable("golden_prices"))


def _kind(column):
    def case(spark, F, out):
        fresh(spark)
        (kinds(spark).select("id", column).selectExpr("id", f"{column} AS k")
         .write.bucketBy(5, "k").format("json").option("path", out).saveAsTable("golden_prices"))
    return case


for _column in "bhifdmnoytsar":
    globals()[f"case_kind_{_column}"] = _kind(_column)
