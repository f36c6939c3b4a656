"""na.fill, na.drop, na.replace, describe, summary and statistics through the DataFrame API."""


def people(spark):
    return spark.createDataFrame(
        [("a", 1, 1.5, True), (None, None, float("nan"), None), ("c", 3, None, False), ("", 0, 0.0, True)],
        "name STRING, age INT, score DOUBLE, flag BOOLEAN")


def case_fill_number(spark, F):
    return people(spark).na.fill(0)


def case_fill_double(spark, F):
    return people(spark).na.fill(1.5)


def case_fill_string(spark, F):
    return people(spark).na.fill("none")


def case_fill_boolean(spark, F):
    return people(spark).na.fill(False)


def case_fill_subset(spark, F):
    return people(spark).na.fill(9, ["score"])


def case_fill_dictionary(spark, F):
    return people(spark).fillna({"name": "x", "age": 7, "score": 2.5, "flag": True})


def case_fill_missing_column(spark, F):
    return people(spark).na.fill(0, ["nope"])


def case_drop_any(spark, F):
    return people(spark).na.drop()


def case_drop_all(spark, F):
    return people(spark).na.drop("all")


def case_drop_threshold(spark, F):
    return people(spark).na.drop(thresh=3)


def case_drop_subset(spark, F):
    return people(spark).dropna(subset=["score"])


def case_drop_missing_column(spark, F):
    return people(spark).na.drop(subset=["nope"])


def case_replace_number(spark, F):
    return people(spark).na.replace(1, 10)


def case_replace_string(spark, F):
    return people(spark).na.replace("a", "A", "name")


def case_replace_list(spark, F):
    return people(spark).na.replace(["a", "c"], ["x", "y"])


def case_replace_dictionary(spark, F):
    return people(spark).na.replace({"a": "x", "": None})


def case_replace_nan(spark, F):
    return people(spark).na.replace(float("nan"), 5.0)


def case_replace_boolean(spark, F):
    return people(spark).na.replace(True, False)


def case_describe(spark, F):
    """ordered"""
    return people(spark).describe()


def case_describe_columns(spark, F):
    """ordered"""
    return people(spark).describe("age", "name")


def case_describe_empty(spark, F):
    """ordered"""
    return people(spark).filter("false").describe("age")


def case_summary(spark, F):
    """ordered"""
    return spark.range(1, 6).summary()


def case_summary_chosen(spark, F):
    """ordered"""
    return people(spark).select("age").summary("count", "min", "25%", "75%", "max")


def case_summary_count_distinct(spark, F):
    """ordered"""
    return people(spark).summary("count_distinct", "approx_count_distinct")


def case_summary_unknown(spark, F):
    return people(spark).summary("nope")


def case_crosstab(spark, F):
    return people(spark).filter("name IS NOT NULL").crosstab("name", "flag")


def case_freq_items(spark, F):
    return spark.createDataFrame([(1, "a"), (1, "b"), (1, "a")], "x INT, y STRING").freqItems(["x"], 0.6)


def case_correlation(spark, F):
    from pyspark.sql.connect import plan
    df = spark.createDataFrame([(1.0, 2.0), (2.0, 3.0), (3.0, 7.0)], "a DOUBLE, b DOUBLE")
    return plan.StatCorr(df._plan, "a", "b", "pearson")


def case_covariance(spark, F):
    from pyspark.sql.connect import plan
    df = spark.createDataFrame([(1.0, 2.0), (2.0, 3.0), (3.0, 7.0)], "a DOUBLE, b DOUBLE")
    return plan.StatCov(df._plan, "a", "b")


def case_approx_quantile(spark, F):
    from pyspark.sql.connect import plan
    df = spark.createDataFrame([(1.0,), (2.0,), (3.0,), (10.0,)], "a DOUBLE")
    return plan.StatApproxQuantile(df._plan, ["a"], [0.0, 0.5, 1.0], 0.0)


def case_summary_of_decimals(spark, F):
    rows = [("a", "1.50"), ("b", "2.00"), ("c", "173.25"), ("d", None)]
    df = spark.createDataFrame(rows, "k string, p string")
    return df.select(F.col("p").cast("decimal(10,2)").alias("p")).summary()


def case_quantiles_leave_nan_out(spark, F):
    from pyspark.sql.connect import plan
    rows = [(1.0,), (float("nan"),), (3.0,), (None,), (2.0,), (5.0,)]
    df = spark.createDataFrame(rows, "x double")
    return plan.StatApproxQuantile(df._plan, ["x"], [0.25, 0.5, 1.0], 0.0)


def spread(spark, F, count):
    """Numbers in no order: most of them twice."""
    return spark.range(count).select((F.col("id") * 7919 % 30011 % (count // 2)).alias("x"))


def case_quantiles_within_a_tenth(spark, F):
    from pyspark.sql.connect import plan
    return plan.StatApproxQuantile(spread(spark, F, 1000)._plan, ["x"], [0.0, 0.1, 0.33, 0.5, 0.9, 1.0], 0.1)


def case_quantiles_within_a_hundredth(spark, F):
    from pyspark.sql.connect import plan
    return plan.StatApproxQuantile(spread(spark, F, 120000)._plan, ["x"], [0.75, 0.25, 0.5, 0.01, 0.99], 0.01)


def case_exact_quantiles(spark, F):
    from pyspark.sql.connect import plan
    return plan.StatApproxQuantile(spread(spark, F, 20000)._plan, ["x"], [0.25, 0.5, 0.75], 0.0)


def case_percentiles_of_many(spark, F):
    wide = spread(spark, F, 200000).withColumn("k", F.col("x") % 2)
    return wide.groupBy("k").agg(F.percentile_approx("x", [0.1, 0.5, 0.9]), F.percentile_approx("x", 0.5, 100),
                                 F.percentile_approx(F.col("x").cast("decimal(12,2)"), 0.3, 20))


def case_summary_of_many(spark, F):
    return spread(spark, F, 130000).summary("25%", "50%", "75%")
