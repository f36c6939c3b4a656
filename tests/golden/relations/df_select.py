"""Projection, filters, names and column references through the DataFrame API."""

PRICES = [("AAPL", "2024-01-02", 185.5, 100), ("AAPL", "2024-01-03", 184.25, 200),
          ("IBM", "2024-01-02", 160.0, None), ("MSFT", "2024-01-03", None, 80), (None, None, 1.0, 1)]


def prices(spark):
    return spark.createDataFrame(
        PRICES, "ticker STRING, date STRING, close_price DOUBLE, volume BIGINT")


def case_local_relation(spark, F):
    return prices(spark)


def case_select_columns(spark, F):
    return prices(spark).select("ticker", F.col("volume"), F.col("close_price") * 2)


def case_select_star(spark, F):
    return prices(spark).select("*", F.lit(1).alias("one"))


def case_select_attribute(spark, F):
    df = prices(spark)
    return df.select(df.ticker, df["volume"], df.close_price)


def case_select_qualified(spark, F):
    df = prices(spark).alias("p")
    return df.select("p.ticker", F.col("p.volume"), "p.*")


def case_select_literals(spark, F):
    import datetime
    import decimal
    return prices(spark).limit(1).select(
        F.lit(1), F.lit("a"), F.lit(1.5), F.lit(True), F.lit(None), F.lit(2**40),
        F.lit(datetime.date(2024, 1, 2)), F.lit(datetime.datetime(2024, 1, 2, 3, 4, 5)),
        F.lit(decimal.Decimal("1.50")), F.lit([1, 2]), F.lit(b"ab"),
        F.lit(datetime.timedelta(days=1, hours=2)))


def case_filter_column(spark, F):
    return prices(spark).filter(F.col("volume") > 90)


def case_filter_string(spark, F):
    return prices(spark).filter("volume > 90 AND ticker LIKE 'A%'")


def case_where_chain(spark, F):
    df = prices(spark)
    return df.where(df.ticker == "AAPL").where(df.volume >= 200)


def case_filter_and_or_not(spark, F):
    df = prices(spark)
    return df.filter(((df.ticker == "AAPL") | (df.ticker == "IBM")) & ~df.volume.isNull())


def case_filter_isin(spark, F):
    df = prices(spark)
    return df.filter(df.ticker.isin("AAPL", "MSFT"))


def case_filter_between(spark, F):
    df = prices(spark)
    return df.filter(df.close_price.between(150, 185))


def case_filter_null_safe(spark, F):
    df = prices(spark)
    return df.filter(df.ticker.eqNullSafe(None))


def case_column_operators(spark, F):
    df = prices(spark).limit(2)
    v = df.volume
    return df.select(v + 1, v - 1, v * 2, v / 2, v % 3, -v, 1 + v, 10 - v, 2 / v, v ** 2,
                     v == 100, v != 100, v < 100, v <= 100, v > 100, v >= 100)


def case_column_boolean_operators(spark, F):
    df = prices(spark)
    a, b = df.volume > 90, df.close_price > 160
    return df.select(a & b, a | b, ~a)


def case_column_string_methods(spark, F):
    t = F.col("ticker")
    return prices(spark).select(t.startswith("A"), t.endswith("M"), t.contains("P"),
                                t.like("A%"), t.rlike("^I"), t.ilike("a%"), t.substr(2, 2))


def case_column_bitwise(spark, F):
    v = F.col("volume")
    return prices(spark).select(v.bitwiseAND(4), v.bitwiseOR(1), v.bitwiseXOR(3), F.bitwise_not(v))


def case_column_cast(spark, F):
    v = F.col("volume")
    return prices(spark).select(v.cast("string"), v.cast("int"), v.astype("double"),
                                F.col("date").cast("date"), F.col("close_price").cast("decimal(10,2)"))


def case_column_try_cast(spark, F):
    return prices(spark).select(F.col("ticker").try_cast("int"))


def case_column_null_tests(spark, F):
    t = F.col("ticker")
    return prices(spark).select(t.isNull(), t.isNotNull(), F.isnull(t), F.col("close_price").isNaN())


def case_when_otherwise(spark, F):
    v = F.col("volume")
    return prices(spark).select(F.when(v > 150, "high").when(v > 90, "mid").otherwise("low"),
                                F.when(v > 150, 1).alias("only"))


def case_alias_and_name(spark, F):
    return prices(spark).select(F.col("ticker").alias("t"), F.col("volume").name("v"))


def case_alias_with_metadata(spark, F):
    return prices(spark).select(F.col("ticker").alias("t", metadata={"comment": "the symbol"}))


def case_select_expr(spark, F):
    return prices(spark).selectExpr("ticker", "volume * 2 AS v2", "upper(date)", "close_price + 1")


def case_expr(spark, F):
    return prices(spark).select(F.expr("volume + 1"), F.expr("concat(ticker, '-', date) AS k"))


def case_col_regex(spark, F):
    df = prices(spark)
    return df.select(df.colRegex("`(ticker|vol.*)`"))


def case_to_df(spark, F):
    return prices(spark).toDF("a", "b", "c", "d")


def case_to_schema(spark, F):
    from pyspark.sql.types import LongType, StringType, StructField, StructType
    return prices(spark).to(StructType([StructField("volume", LongType()),
                                        StructField("ticker", StringType())]))


def case_dataframe_alias_join(spark, F):
    a, b = prices(spark).alias("a"), prices(spark).alias("b")
    return a.join(b, F.col("a.ticker") == F.col("b.ticker")).select("a.ticker", "b.volume")


def case_select_case_insensitive(spark, F):
    return prices(spark).select("TICKER", F.col("Volume"))


def case_select_nested_field(spark, F):
    df = prices(spark).select(F.struct("ticker", "volume").alias("s"))
    return df.select("s.ticker", F.col("s.volume"), df.s.ticker, F.col("s").getField("volume"), "s.*")


def case_get_item(spark, F):
    df = prices(spark).limit(1).select(F.array(F.lit(1), F.lit(2)).alias("a"),
                                       F.create_map(F.lit("k"), F.lit(3)).alias("m"))
    return df.select(df.a[0], df.a.getItem(1), df.m["k"], df.m.getItem("k"))


def case_with_field_and_drop_fields(spark, F):
    df = prices(spark).select(F.struct("ticker", "volume").alias("s"))
    return df.select(F.col("s").withField("x", F.lit(1)), F.col("s").dropFields("volume"))


def case_unresolved_column(spark, F):
    return prices(spark).select("nope")


def case_unresolved_attribute(spark, F):
    return prices(spark).filter(F.col("clos_price") > 1)


def case_filter_not_boolean(spark, F):
    return prices(spark).filter(F.col("volume") + 1)


def case_string_plus_string(spark, F):
    return prices(spark).select(F.col("ticker") + F.col("date"))


def case_division_by_zero(spark, F):
    return prices(spark).select(F.col("volume") / F.lit(0))


def case_ambiguous_after_join(spark, F):
    a, b = prices(spark), prices(spark)
    return a.join(b, "date").select("ticker")


def case_wrong_dataframe_column(spark, F):
    return prices(spark).select(spark.range(3).id)


def case_select_nothing(spark, F):
    return prices(spark).select()


def case_limit(spark, F):
    return prices(spark).limit(2)


def case_limit_zero(spark, F):
    return prices(spark).limit(0)


def case_offset(spark, F):
    """ordered"""
    return prices(spark).orderBy("volume").offset(2)


def case_limit_offset(spark, F):
    """ordered"""
    return prices(spark).orderBy("volume").offset(1).limit(2)


def case_tail(spark, F):
    """ordered"""
    from pyspark.sql.connect import plan
    return plan.Tail(prices(spark).orderBy("volume")._plan, 2)


def case_range(spark, F):
    return spark.range(5)


def case_range_start_end_step(spark, F):
    return spark.range(2, 10, 3)


def case_range_partitions(spark, F):
    return spark.range(0, 4, 1, 2).withColumn("m", F.monotonically_increasing_id())


def case_range_descending(spark, F):
    return spark.range(5, 0, -2)


def case_hint(spark, F):
    return prices(spark).hint("broadcast").filter("volume > 90")


def case_repartition(spark, F):
    return prices(spark).repartition(3)


def case_repartition_by(spark, F):
    return prices(spark).repartition(2, "ticker").select("ticker")


def case_coalesce(spark, F):
    return prices(spark).coalesce(1)


def case_repartition_by_range(spark, F):
    return prices(spark).repartitionByRange(2, F.col("volume").desc())


def case_transform(spark, F):
    return prices(spark).transform(lambda df: df.withColumn("w", F.col("volume") * 2))


def case_is_empty_like_limit(spark, F):
    return prices(spark).filter(F.lit(False)).limit(1)


def case_cast_of_an_alias(spark, F):
    return spark.range(2).select(F.col("id").alias("a b").cast("int"), (F.col("id") + 1).alias("c").cast("string"))
