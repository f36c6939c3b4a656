"""Window functions through the DataFrame API."""

from pyspark.sql.connect.window import Window


def prices(spark):
    return spark.createDataFrame(
        [("AAPL", 1, 185.5, 100), ("AAPL", 2, 184.25, 200), ("AAPL", 3, None, 200),
         ("IBM", 1, 160.0, 50), ("IBM", 5, 161.0, None), (None, None, 1.0, 1)],
        "ticker STRING, day INT, close_price DOUBLE, volume BIGINT")


def by_day():
    return Window.partitionBy("ticker").orderBy("day")


def case_row_number(spark, F):
    return prices(spark).withColumn("n", F.row_number().over(by_day()))


def case_ranks(spark, F):
    w = Window.partitionBy("ticker").orderBy(F.desc("volume"))
    return prices(spark).select("ticker", "volume", F.rank().over(w), F.dense_rank().over(w),
                                F.percent_rank().over(w), F.cume_dist().over(w), F.ntile(2).over(w))


def case_lag_lead(spark, F):
    return prices(spark).select("ticker", "day", F.lag("close_price").over(by_day()),
                                F.lead("close_price", 2).over(by_day()),
                                F.lag("volume", 1, -1).over(by_day()))


def case_rows_between(spark, F):
    w = by_day().rowsBetween(-1, 0)
    return prices(spark).select("ticker", "day", F.sum("volume").over(w), F.avg("close_price").over(w))


def case_rows_between_unbounded(spark, F):
    w = by_day().rowsBetween(Window.unboundedPreceding, Window.currentRow)
    return prices(spark).select("ticker", "day", F.sum("volume").over(w).alias("cumulative"))


def case_rows_following(spark, F):
    w = by_day().rowsBetween(1, Window.unboundedFollowing)
    return prices(spark).select("ticker", "day", F.count("*").over(w))


def case_range_between(spark, F):
    w = by_day().rangeBetween(-1, 1)
    return prices(spark).select("ticker", "day", F.sum("volume").over(w))


def case_range_between_unbounded(spark, F):
    w = by_day().rangeBetween(Window.unboundedPreceding, Window.unboundedFollowing)
    return prices(spark).select("ticker", "day", F.max("close_price").over(w))


def case_first_last_nth(spark, F):
    w = by_day().rowsBetween(Window.unboundedPreceding, Window.unboundedFollowing)
    return prices(spark).select("ticker", F.first("close_price").over(w), F.last("close_price", True).over(w),
                                F.nth_value("close_price", 2).over(w), F.nth_value("volume", 1, True).over(w))


def case_no_order(spark, F):
    w = Window.partitionBy("ticker")
    return prices(spark).select("ticker", F.sum("volume").over(w), F.count("*").over(w))


def case_empty_partition(spark, F):
    return prices(spark).select(F.sum("volume").over(Window.partitionBy()))


def case_order_only(spark, F):
    """ordered"""
    w = Window.orderBy("day", "ticker")
    return prices(spark).select("day", F.row_number().over(w).alias("n")).orderBy("n")


def case_partition_by_expression(spark, F):
    w = Window.partitionBy(F.col("day") > 1).orderBy(F.col("day").desc_nulls_last(), "ticker")
    return prices(spark).select("day", F.row_number().over(w))


def case_return_of_a_day(spark, F):
    df = prices(spark)
    return df.withColumn("ret", df.close_price / F.lag(df.close_price).over(by_day()) - 1)


def case_filter_on_window(spark, F):
    return prices(spark).withColumn("n", F.row_number().over(by_day())).filter("n = 1").drop("n")


def case_aggregate_then_window(spark, F):
    g = prices(spark).groupBy("ticker").agg(F.sum("volume").alias("v"))
    return g.withColumn("r", F.rank().over(Window.orderBy(F.desc("v"))))


def case_window_in_filter(spark, F):
    return prices(spark).filter(F.row_number().over(by_day()) == 1)


def case_row_number_without_order(spark, F):
    return prices(spark).select(F.row_number().over(Window.partitionBy("ticker")))


def case_unresolved_partition(spark, F):
    return prices(spark).select(F.sum("volume").over(Window.partitionBy("nope")))


def case_range_on_string(spark, F):
    w = Window.partitionBy("day").orderBy("ticker").rangeBetween(-1, 0)
    return prices(spark).select(F.sum("volume").over(w))
