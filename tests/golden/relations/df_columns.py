"""Adding, replacing, renaming and dropping columns; unpivot and explode."""


def prices(spark):
    return spark.createDataFrame([("AAPL", 185.5, 100), ("IBM", 160.0, None), (None, None, 1)],
                                 "ticker STRING, close_price DOUBLE, volume BIGINT")


def case_with_column(spark, F):
    return prices(spark).withColumn("dollars", F.col("close_price") * F.col("volume"))


def case_with_column_replace(spark, F):
    return prices(spark).withColumn("VOLUME", F.col("volume") + 1)


def case_with_columns(spark, F):
    return prices(spark).withColumns({"a": F.lit(1), "volume": F.col("volume").cast("int")})


def case_with_column_twice(spark, F):
    return prices(spark).withColumn("a", F.lit(1)).withColumn("b", F.col("a") + 1)


def case_with_columns_do_not_see_each_other(spark, F):
    return prices(spark).withColumns({"a": F.lit(1), "b": F.col("a")})


def case_with_column_unresolved(spark, F):
    return prices(spark).withColumn("x", F.col("nope"))


def case_with_column_renamed(spark, F):
    return prices(spark).withColumnRenamed("close_price", "close")


def case_with_column_renamed_case(spark, F):
    return prices(spark).withColumnRenamed("CLOSE_PRICE", "Close")


def case_with_column_renamed_missing(spark, F):
    return prices(spark).withColumnRenamed("nope", "x")


def case_with_columns_renamed(spark, F):
    return prices(spark).withColumnsRenamed({"ticker": "t", "volume": "v", "nope": "n"})


def case_with_columns_renamed_chain(spark, F):
    return prices(spark).withColumnsRenamed({"ticker": "a", "a": "b"})


def case_drop(spark, F):
    return prices(spark).drop("volume")


def case_drop_many(spark, F):
    return prices(spark).drop("volume", "TICKER", "nope")


def case_drop_column(spark, F):
    df = prices(spark)
    return df.drop(df.volume)


def case_drop_col_by_name(spark, F):
    return prices(spark).drop(F.col("volume"), F.col("nope"))


def case_drop_all(spark, F):
    return prices(spark).drop("ticker", "close_price", "volume")


def case_drop_after_join(spark, F):
    a, b = prices(spark), prices(spark)
    return a.join(b, a.ticker == b.ticker).drop(b.ticker)


def case_with_metadata(spark, F):
    return prices(spark).withMetadata("ticker", {"comment": "symbol"})


def case_unpivot(spark, F):
    return prices(spark).unpivot(["ticker"], ["close_price", "volume"], "name", "value")


def case_melt_all(spark, F):
    return prices(spark).select("ticker", "volume").unpivot("ticker", None, "n", "v")


def case_unpivot_no_ids(spark, F):
    return prices(spark).select("close_price", "volume").unpivot([], None, "n", "v")


def case_unpivot_mixed_types(spark, F):
    return prices(spark).unpivot([], ["ticker", "volume"], "n", "v")


def case_explode(spark, F):
    df = spark.createDataFrame([("a", [1, 2]), ("b", []), ("c", None)], "k STRING, v ARRAY<INT>")
    return df.select("k", F.explode("v"))


def case_explode_outer(spark, F):
    df = spark.createDataFrame([("a", [1, 2]), ("b", []), ("c", None)], "k STRING, v ARRAY<INT>")
    return df.select("k", F.explode_outer("v").alias("x"))


def case_posexplode(spark, F):
    df = spark.createDataFrame([("a", [1, 2])], "k STRING, v ARRAY<INT>")
    return df.select("k", F.posexplode("v"))


def case_posexplode_alias(spark, F):
    df = spark.createDataFrame([("a", [1, 2])], "k STRING, v ARRAY<INT>")
    return df.select(F.posexplode("v").alias("p", "x"))


def case_explode_map(spark, F):
    df = spark.createDataFrame([("a", {"x": 1})], "k STRING, v MAP<STRING, INT>")
    return df.select("k", F.explode("v"))


def case_explode_with_column(spark, F):
    df = spark.createDataFrame([("a", [1, 2])], "k STRING, v ARRAY<INT>")
    return df.withColumn("e", F.explode("v"))


def case_explode_not_array(spark, F):
    return prices(spark).select(F.explode("volume"))


def case_lambda_transform(spark, F):
    df = spark.createDataFrame([([1, 2],), ([3],), (None,)], "v ARRAY<INT>")
    return df.select(F.transform("v", lambda x: x + 1), F.transform("v", lambda x, i: x * i))


def case_lambda_filter_exists(spark, F):
    df = spark.createDataFrame([([1, 2],), ([3, None],), (None,)], "v ARRAY<INT>")
    return df.select(F.filter("v", lambda x: x > 1), F.exists("v", lambda x: x > 2))


def case_lambda_aggregate(spark, F):
    df = spark.createDataFrame([([1, 2],), ([3],), (None,)], "v ARRAY<INT>")
    return df.select(F.aggregate("v", F.lit(0), lambda acc, x: acc + x),
                     F.aggregate("v", F.lit(0), lambda acc, x: acc + x, lambda acc: acc * 10))


def case_lambda_nested(spark, F):
    df = spark.createDataFrame([([[1, 2], [3]],)], "v ARRAY<ARRAY<INT>>")
    return df.select(F.transform("v", lambda a: F.transform(a, lambda x: x + F.size(a))))


def case_lambda_outer_column(spark, F):
    df = spark.createDataFrame([([1, 2], 10)], "v ARRAY<INT>, k INT")
    return df.select(F.transform("v", lambda x: x + F.col("k")).alias("r"))
