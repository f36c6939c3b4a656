"""Tables in the session's warehouse: saveAsTable, insertInto, spark.table."""


def prices(spark):
    return spark.createDataFrame([("AAPL", 2023, 185.5), ("IBM", 2024, None)],
                                 "ticker STRING, year INT, close_price DOUBLE").coalesce(1)


def without_table(spark):
    spark.sql("DROP TABLE IF EXISTS golden_prices")


def case_save_as_table(spark, F, out):
    without_table(spark)
    prices(spark).write.saveAsTable("golden_prices")
    return spark.table("golden_prices")


def case_save_exists(spark, F, out):
    without_table(spark)
    prices(spark).write.saveAsTable("golden_prices")
    prices(spark).write.saveAsTable("golden_prices")


def case_save_overwrite(spark, F, out):
    without_table(spark)
    prices(spark).write.saveAsTable("golden_prices")
    prices(spark).select("ticker").write.mode("overwrite").saveAsTable("golden_prices")
    return spark.table("golden_prices")


def case_save_append(spark, F, out):
    without_table(spark)
    prices(spark).write.saveAsTable("golden_prices")
    prices(spark).write.mode("append").saveAsTable("golden_prices")
    return spark.read.table("golden_prices")


def case_save_append_by_name(spark, F, out):
    without_table(spark)
    prices(spark).write.saveAsTable("golden_prices")
    prices(spark).select("close_price", "ticker", "year").write.mode("append").saveAsTable("golden_prices")
    return spark.table("golden_prices")


def case_save_append_missing_column(spark, F, out):
    without_table(spark)
    prices(spark).write.saveAsTable("golden_prices")
    prices(spark).select("ticker").write.mode("append").saveAsTable("golden_prices")


def case_save_partitioned(spark, F, out):
    without_table(spark)
    prices(spark).write.partitionBy("year").saveAsTable("golden_prices")
    return spark.table("golden_prices")


def case_save_csv(spark, F, out):
    without_table(spark)
    prices(spark).write.format("csv").saveAsTable("golden_prices")
    return spark.table("golden_prices")


def case_save_with_path(spark, F, out):
    without_table(spark)
    prices(spark).write.option("path", out).saveAsTable("golden_prices")
    return spark.table("golden_prices")


def case_insert_into(spark, F, out):
    without_table(spark)
    prices(spark).write.saveAsTable("golden_prices")
    prices(spark).write.insertInto("golden_prices")
    return spark.table("golden_prices")


def case_insert_into_overwrite(spark, F, out):
    without_table(spark)
    prices(spark).write.saveAsTable("golden_prices")
    prices(spark).limit(1).write.insertInto("golden_prices", overwrite=True)
    return spark.table("golden_prices")


def case_insert_into_missing(spark, F, out):
    without_table(spark)
    prices(spark).write.insertInto("golden_prices")


def case_qualified_name(spark, F, out):
    without_table(spark)
    prices(spark).write.saveAsTable("default.golden_prices")
    return spark.sql("SELECT ticker FROM spark_catalog.default.golden_prices")


def case_unknown_database(spark, F, out):
    prices(spark).write.saveAsTable("nodb.golden_prices")


def case_table_after_all(spark, F, out):
    without_table(spark)
    return spark.table("golden_prices")
