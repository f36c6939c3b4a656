"""Functions as PySpark sends them: argument forms that SQL text does not have."""

import datetime


def prices(spark):
    return spark.createDataFrame(
        [("AAPL", datetime.date(2024, 1, 2), 185.5, 100), ("BRK.B", datetime.date(2023, 12, 31), 350.25, 7),
         (None, None, None, None)], "ticker STRING, date DATE, close_price DOUBLE, volume BIGINT")


def case_strings(spark, F):
    t = F.col("ticker")
    return prices(spark).select(
        F.concat(t, F.lit("-"), "volume"), F.concat_ws("|", "ticker", "date"), F.substring(t, 2, 2),
        F.upper(t), F.lower(t), F.trim(t), F.lpad(t, 7, "*"), F.rpad(t, 7, "*"), F.length(t),
        F.initcap(t), F.instr(t, "P"), F.locate("A", t), F.replace(t, F.lit("."), F.lit("-")),
        F.translate(t, "AB", "ab"), F.repeat(t, 2), F.reverse(t), F.split(t, "\\."),
        F.regexp_replace(t, "[.]", "-"), F.regexp_extract(t, "([A-Z]+)", 1))


def case_formats(spark, F):
    return prices(spark).select(
        F.format_number("close_price", 1), F.format_string("%s=%d", "ticker", "volume"),
        F.date_format("date", "yyyy/MM"), F.hash("ticker", "volume"), F.md5("ticker"), F.sha2("ticker", 256))


def case_dates(spark, F):
    d = F.col("date")
    return prices(spark).select(
        F.year(d), F.quarter(d), F.month(d), F.dayofmonth(d), F.dayofweek(d), F.dayofyear(d),
        F.weekofyear(d), F.date_add(d, 1), F.date_sub(d, 1), F.add_months(d, 1), F.last_day(d),
        F.next_day(d, "Mon"), F.trunc(d, "month"), F.date_trunc("year", d),
        F.datediff(d, F.lit(datetime.date(2024, 1, 1))), F.months_between(d, F.lit(datetime.date(2023, 1, 1))))


def case_timestamps(spark, F):
    df = spark.createDataFrame([("2024-07-01 12:34:56",)], "s STRING")
    ts = F.to_timestamp("s")
    return df.select(ts, F.to_timestamp("s", "yyyy-MM-dd HH:mm:ss"), F.to_date("s"),
                     F.to_date("s", "yyyy-MM-dd HH:mm:ss"), F.hour(ts), F.minute(ts), F.second(ts),
                     F.unix_timestamp("s"), F.from_unixtime(F.lit(0)), F.extract(F.lit("YEAR"), ts),
                     F.from_utc_timestamp(ts, "Asia/Tokyo"), F.to_utc_timestamp(ts, "Asia/Tokyo"))


def case_make(spark, F):
    return spark.range(1).select(
        F.make_date(F.lit(2024), F.lit(1), F.lit(2)),
        F.make_timestamp(F.lit(2024), F.lit(1), F.lit(2), F.lit(3), F.lit(4), F.lit(5.5)))


def case_numbers(spark, F):
    p = F.col("close_price")
    return prices(spark).select(
        F.round(p, 1), F.bround(p, 1), F.floor(p), F.ceil(p), F.abs(-p), F.sqrt(p), F.pow(p, 2),
        F.signum(p), F.greatest(p, F.lit(200.0)), F.least(p, F.lit(200.0)), F.round(p), F.isnan(p))


def case_logarithms(spark, F):
    v = F.col("volume")
    return prices(spark).select(F.log(v), F.log(2.0, v), F.log10(v), F.log2(v), F.log1p(v), F.exp(F.lit(1)))


def case_conditionals(spark, F):
    return prices(spark).select(
        F.coalesce("ticker", F.lit("none")), F.nvl("volume", F.lit(0)), F.nullif("volume", F.lit(7)),
        F.nanvl("close_price", F.lit(0.0)), F.isnull("ticker"), F.isnotnull("ticker"),
        F.ifnull("volume", F.lit(1)), F.nvl2("volume", F.lit("y"), F.lit("n")))


def case_collections(spark, F):
    df = spark.createDataFrame([([3, 1, None], {"a": 1})], "v ARRAY<INT>, m MAP<STRING, INT>")
    return df.select(
        F.size("v"), F.sort_array("v"), F.sort_array("v", asc=False), F.array_contains("v", 1),
        F.array_distinct("v"), F.array_max("v"), F.array_min("v"), F.element_at("v", 1),
        F.element_at("m", "a"), F.slice("v", 1, 2), F.map_keys("m"), F.map_values("m"),
        F.array("v", "v"), F.flatten(F.array("v", "v")), F.array_join(F.array(F.lit("x"), F.lit("y")), ","),
        F.map_from_arrays(F.array(F.lit("k")), F.array(F.lit(1))), F.sequence(F.lit(1), F.lit(3)))


def case_structs(spark, F):
    return prices(spark).select(
        F.struct("ticker", "volume"), F.struct(F.col("volume").alias("v")),
        F.named_struct(F.lit("a"), "volume"), F.create_map(F.lit("k"), "volume"))


def case_json(spark, F):
    df = spark.createDataFrame([('{"a": 1, "b": "x"}',)], "j STRING")
    return df.select(F.get_json_object("j", "$.a"), F.from_json("j", "a INT, b STRING"),
                     F.to_json(F.struct(F.lit(1).alias("x"))))


def case_from_json_schema_object(spark, F):
    from pyspark.sql.types import IntegerType, StructField, StructType
    df = spark.createDataFrame([('{"a": 1}',)], "j STRING")
    return df.select(F.from_json("j", StructType([StructField("a", IntegerType())])))


def case_call_function(spark, F):
    return prices(spark).select(F.call_function("upper", "ticker"), F.call_function("abs", F.col("volume")))


def case_width_bucket(spark, F):
    return prices(spark).select(F.width_bucket("close_price", F.lit(0.0), F.lit(1000.0), F.lit(10)))


def case_unknown_function(spark, F):
    return prices(spark).select(F.call_function("nofunc", "ticker"))


def case_input_file_name(spark, F):
    return prices(spark).select(F.input_file_name(), F.monotonically_increasing_id())


def case_create_dataframe_types(spark, F):
    import decimal
    return spark.createDataFrame(
        [(True, 1, 2, 3, 4, 1.5, 2.5, decimal.Decimal("1.50"), "s", b"b", datetime.date(2024, 1, 2),
          datetime.datetime(2024, 1, 2, 3, 4, 5), [1], {"k": 1}, (1, "x")), (None,) * 15],
        "a BOOLEAN, b TINYINT, c SMALLINT, d INT, e BIGINT, f FLOAT, g DOUBLE, h DECIMAL(5, 2), i STRING,"
        " j BINARY, k DATE, l TIMESTAMP, m ARRAY<INT>, n MAP<STRING, INT>, o STRUCT<x: INT, y: STRING>")


def case_create_dataframe_inferred(spark, F):
    return spark.createDataFrame([(1, "a", 1.5, None), (2, None, 2.5, "z")], ["i", "s", "d", "n"])


def case_create_dataframe_empty(spark, F):
    return spark.createDataFrame([], "a INT NOT NULL, b STRING")


def case_create_dataframe_not_null(spark, F):
    return spark.createDataFrame([(1, "x")], "a INT NOT NULL, b STRING")


def case_create_dataframe_from_pandas(spark, F):
    import pandas
    return spark.createDataFrame(pandas.DataFrame({"a": [1, 2], "b": [1.5, None], "c": ["x", None]}))


def case_in_an_empty_list(spark, F):
    df = spark.createDataFrame([("x",), (None,)], "a string")
    return df.select(F.col("a").isin([]), F.lit(None).isin([]), (~F.col("a").isin([])).alias("n"))
