"""Grouping, pivot, cube and rollup through the DataFrame API."""


def prices(spark):
    return spark.createDataFrame(
        [("AAPL", "2024-01-02", 185.5, 100), ("AAPL", "2024-01-03", 184.25, 200),
         ("IBM", "2024-01-02", 160.0, 50), ("IBM", "2024-01-03", None, None), (None, None, 1.0, 1)],
        "ticker STRING, date STRING, close_price DOUBLE, volume BIGINT")


def case_the_seed_program(spark, F):
    """ordered"""
    return prices(spark).groupBy("ticker", "date").agg(
        F.avg("close_price").alias("avg_price"), F.max("volume").alias("max_volume")
    ).orderBy("date", "ticker")


def case_agg_without_groups(spark, F):
    return prices(spark).agg(F.sum("volume"), F.count("*"), F.count(F.lit(1)), F.avg("close_price"))


def case_agg_dictionary(spark, F):
    return prices(spark).groupBy("ticker").agg({"volume": "sum", "close_price": "avg"})


def case_agg_dictionary_star(spark, F):
    return prices(spark).agg({"*": "count"})


def case_count(spark, F):
    return prices(spark).groupBy("ticker").count()


def case_count_all(spark, F):
    return prices(spark).groupBy().count()


def case_sum_avg_min_max_methods(spark, F):
    df = prices(spark)
    return df.groupBy("ticker").sum("volume").join(df.groupBy("ticker").avg("volume"), "ticker")


def case_max_of_all_numeric(spark, F):
    return prices(spark).groupBy("ticker").max()


def case_mean_min(spark, F):
    return prices(spark).groupBy("ticker").mean("close_price", "volume")


def case_group_by_expression(spark, F):
    return prices(spark).groupBy(F.substring("date", 1, 4), F.col("volume") > 60).count()


def case_group_by_position(spark, F):
    return prices(spark).groupBy(1).agg(F.sum("volume"))


def case_group_by_alias(spark, F):
    return prices(spark).groupBy(F.upper("ticker").alias("t")).agg(F.sum("volume").alias("v"))


def case_group_by_attribute(spark, F):
    df = prices(spark)
    return df.groupBy(df.ticker).agg(F.min(df.close_price), F.first(df.date))


def case_many_functions(spark, F):
    return prices(spark).groupBy("ticker").agg(
        F.countDistinct("date"), F.count_distinct("date", "volume"), F.sum_distinct("volume"),
        F.stddev("close_price"), F.variance("volume"), F.skewness("volume"), F.kurtosis("volume"),
        F.collect_list("volume"), F.first("close_price", ignorenulls=True), F.last("volume"))


def case_more_functions(spark, F):
    return prices(spark).agg(
        F.median("volume"), F.mode("ticker"), F.percentile("volume", 0.5), F.count_if(F.col("volume") > 60),
        F.max_by("ticker", "volume"), F.min_by("ticker", "close_price"), F.bool_or(F.col("volume") > 60),
        F.every(F.col("volume") > 0), F.corr("close_price", "volume"), F.covar_pop("close_price", "volume"),
        F.approx_count_distinct("ticker"), F.array_sort(F.collect_set("ticker")))


def case_having(spark, F):
    return prices(spark).groupBy("ticker").agg(F.sum("volume").alias("s")).filter("s > 60")


def case_empty_input(spark, F):
    return prices(spark).filter("false").agg(F.sum("volume"), F.count("*"), F.max("ticker"))


def case_empty_groups(spark, F):
    return prices(spark).filter("false").groupBy("ticker").agg(F.sum("volume"))


def case_rollup(spark, F):
    return prices(spark).rollup("ticker", "date").agg(F.sum("volume"))


def case_cube(spark, F):
    return prices(spark).cube("ticker", "date").count()


def case_grouping_id(spark, F):
    return prices(spark).cube("ticker").agg(F.grouping("ticker"), F.grouping_id(), F.sum("volume"))


def case_grouping_sets(spark, F):
    return prices(spark).groupingSets([["ticker"], ["date"], []], "ticker", "date").agg(F.sum("volume"))


def case_pivot_values(spark, F):
    return prices(spark).groupBy("date").pivot("ticker", ["AAPL", "IBM"]).sum("volume")


def case_pivot_without_values(spark, F):
    return prices(spark).filter("ticker IS NOT NULL").groupBy("date").pivot("ticker").max("close_price")


def case_pivot_two_aggregates(spark, F):
    return prices(spark).groupBy("date").pivot("ticker", ["AAPL"]).agg(
        F.sum("volume").alias("s"), F.avg("close_price"))


def case_pivot_no_groups(spark, F):
    return prices(spark).groupBy().pivot("ticker", ["AAPL", "IBM", "ZZZ"]).count()


def case_window_tumbling(spark, F):
    df = prices(spark).filter("date IS NOT NULL").withColumn("ts", F.to_timestamp("date"))
    return df.groupBy(F.window("ts", "2 days")).agg(F.sum("volume").alias("v"))


def case_distinct_then_count(spark, F):
    return prices(spark).select("ticker").distinct().groupBy().count()


def case_not_in_group(spark, F):
    return prices(spark).groupBy("ticker").agg(F.col("volume"))


def case_unresolved(spark, F):
    return prices(spark).groupBy("ticker").agg(F.sum("nope"))


def case_sum_of_string(spark, F):
    return prices(spark).groupBy("date").agg(F.sum("ticker"))


def case_filter_clause(spark, F):
    return prices(spark).groupBy("ticker").agg(F.expr("sum(volume) FILTER (WHERE close_price > 160) AS f"))
