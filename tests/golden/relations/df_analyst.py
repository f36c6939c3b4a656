"""What programs of analysts met: fields of structs united by name, self-joins, wrong columns."""


def _prices(spark):
    return spark.createDataFrame(
        [("AAPL", "Technology", 1.5, 1), ("XOM", None, 2.5, 2)],
        "ticker string, sector string, close double, volume int")


def case_union_by_name_reorders_fields(spark, F):
    return spark.sql("SELECT struct(1 AS a, 2 AS b) AS s").unionByName(
        spark.sql("SELECT struct(3 AS b, 4 AS a) AS s"))


def case_union_by_name_adds_fields(spark, F):
    return spark.sql("SELECT struct(1 AS a, 2 AS b) AS s").unionByName(
        spark.sql("SELECT struct(3 AS b, 4 AS c) AS s"), allowMissingColumns=True)


def case_union_by_name_adds_fields_of_fields(spark, F):
    return spark.sql("SELECT struct(1 AS a, struct(1 AS z) AS b) AS s, 1 AS k").unionByName(
        spark.sql("SELECT struct(struct(2 AS y) AS b, 4 AS c) AS s"), allowMissingColumns=True)


def case_union_by_name_of_null_structs(spark, F):
    return spark.sql("SELECT CAST(NULL AS struct<a: int, b: int>) AS s").unionByName(
        spark.sql("SELECT struct(3 AS b, 4 AS c) AS s"), allowMissingColumns=True)


def case_union_by_name_adds_fields_in_arrays(spark, F):
    return spark.sql("SELECT array(struct(1 AS a)) AS s").unionByName(
        spark.sql("SELECT array(struct(3 AS a, 4 AS c)) AS s"), allowMissingColumns=True)


def case_union_by_name_of_a_struct_and_a_number(spark, F):
    return spark.sql("SELECT 1 AS s").unionByName(
        spark.sql("SELECT struct(3 AS b) AS s"), allowMissingColumns=True)


def case_union_by_name_with_missing_fields_refused(spark, F):
    return spark.sql("SELECT struct(1 AS a, 2 AS b) AS s").unionByName(
        spark.sql("SELECT struct(3 AS b, 4 AS c) AS s"))


def case_self_join_takes_the_nearer_side(spark, F):
    prices = _prices(spark)
    return prices.join(prices.filter("volume > 1"), prices.volume >= 1).select(prices.ticker)


def case_self_join_of_the_same_is_ambiguous(spark, F):
    prices = _prices(spark)
    return prices.join(prices, prices.ticker == prices.ticker)


def case_self_join_of_two_filters_is_ambiguous(spark, F):
    prices = _prices(spark)
    return prices.filter("volume > 1").join(prices.filter("volume < 5"), prices.ticker == "XOM")


def case_deduplicate_by_a_missing_column(spark, F):
    return _prices(spark).dropDuplicates(["nope"])


def case_fill_a_missing_column(spark, F):
    return _prices(spark).na.fill(1, ["nope"])


def case_drop_nulls_of_a_missing_column(spark, F):
    return _prices(spark).na.drop(subset=["nope"])


def case_sample_more_than_all(spark, F):
    return _prices(spark).sample(2.0)


def case_sample_less_than_nothing(spark, F):
    return _prices(spark).sample(-0.5)


def case_window_slides_with_an_offset(spark, F):
    ticks = spark.sql("""SELECT * FROM VALUES ('A', TIMESTAMP '2024-03-08 14:31:00', 1.5D),
        ('A', TIMESTAMP '2024-03-08 14:58:00', 2.5D), ('B', TIMESTAMP '2024-03-08 15:20:00', 3.5D),
        ('B', NULL, 9D) AS t(ticker, ts, price)""")
    return ticks.groupBy("ticker", F.window("ts", "1 hour", "30 minutes", "15 minutes")).agg(
        F.min_by("price", "ts").alias("open"), F.max("price").alias("high"))


def case_window_slides_in_a_projection(spark, F):
    return spark.sql("""SELECT window(ts, '10 minutes', '4 minutes') AS w, ts
        FROM VALUES (TIMESTAMP '2024-03-08 14:31:00'), (TIMESTAMP '1969-12-31 23:59:30') AS t(ts)""")


def case_columns_in_a_loop(spark, F):
    frame = spark.range(2)
    for i in range(40):
        frame = frame.withColumn(f"c{i}", F.col("id") * i if i % 3 else F.col(f"c{i - 1}") + 1 if i else F.col("id"))
    return frame


def case_unions_in_a_loop(spark, F):
    frame = spark.range(1).select("id", F.lit("a").alias("s"))
    for i in range(2, 12):
        frame = frame.union(spark.range(i).select(F.col("id") * i, F.lit(i)))
    return frame
