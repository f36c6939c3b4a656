"""show() as the server renders it: the ShowString and HtmlString relations."""

from pyspark.sql.connect import plan


def show(df, rows=20, truncate=20, vertical=False):
    return plan.ShowString(df._plan, rows, truncate, vertical)


def prices(spark):
    return spark.createDataFrame(
        [("AAPL", 185.5, 100, [1, 2]), ("a very long name of a company, indeed", 1.0e10, None, []),
         (None, None, 3, None)], "ticker STRING, close_price DOUBLE, volume BIGINT, a ARRAY<INT>")


def case_default(spark, F):
    return show(prices(spark))


def case_no_truncation(spark, F):
    return show(prices(spark), truncate=0)


def case_truncate_five(spark, F):
    return show(prices(spark), truncate=5)


def case_truncate_three(spark, F):
    return show(prices(spark), truncate=3)


def case_two_rows(spark, F):
    return show(prices(spark), rows=2)


def case_one_row_of_one(spark, F):
    return show(spark.range(1), rows=1)


def case_one_row_of_two(spark, F):
    return show(spark.range(2), rows=1)


def case_zero_rows(spark, F):
    return show(prices(spark), rows=0)


def case_vertical(spark, F):
    return show(prices(spark), vertical=True)


def case_vertical_two_rows(spark, F):
    return show(prices(spark), rows=2, truncate=10, vertical=True)


def case_vertical_empty(spark, F):
    return show(prices(spark).filter("false"), vertical=True)


def case_empty(spark, F):
    return show(prices(spark).filter("false"))


def case_no_columns(spark, F):
    return show(spark.range(2).select())


def case_wide_characters(spark, F):
    return show(spark.createDataFrame([("日本語", "é"), ("a", "😀")], "x STRING, `価格` STRING"))


def case_control_characters(spark, F):
    return show(spark.createDataFrame([("a\nb\tc\\d\re\x07",)], "x STRING"))


def case_types(spark, F):
    return show(spark.range(1).select(
        F.expr("1.50 AS dec"), F.expr("1e20D AS dbl"), F.expr("0.1F AS flt"), F.expr("true AS b"),
        F.expr("date'2024-01-02' AS d"), F.expr("timestamp'2024-01-02 03:04:05.5' AS ts"),
        F.expr("timestamp_ntz'2024-01-02 03:04:05' AS ntz"), F.expr("x'00ff41' AS bin"),
        F.expr("NULL AS n"), F.expr("cast('NaN' AS DOUBLE) AS nan")), truncate=0)


def case_nested_types(spark, F):
    return show(spark.range(1).select(
        F.expr("array(1, NULL) AS arr"), F.expr("map('a', 1.5D, 'b', NULL) AS m"),
        F.expr("struct(1 AS x, 'y' AS y, NULL AS z) AS s"), F.expr("array(struct(date'2024-01-02')) AS n"),
        F.expr("interval '1-2' year to month AS ym"), F.expr("interval '1 02:03:04' day to second AS dt")),
        truncate=0)


def case_zone(spark, F):
    """zone: America/New_York"""
    return show(spark.range(1).select(F.expr("timestamp'2024-07-01 00:00:00Z' AS t")), truncate=0)


def case_twenty_one_rows(spark, F):
    return show(spark.range(21))


def case_duplicate_names(spark, F):
    return show(spark.range(1).select("id", "id"))


def case_column_wider_than_value(spark, F):
    return show(spark.range(1).select(F.lit("x").alias("a_name_longer_than_twenty_characters")))


def case_html(spark, F):
    return plan.HtmlString(prices(spark)._plan, 20, 20)


def case_execution_error(spark, F):
    return show(spark.range(1).select(F.expr("1 / id")))
