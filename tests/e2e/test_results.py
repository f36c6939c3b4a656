"""What a client asks of a DataFrame: rows, text, schemas, pandas, Arrow; local data small and large."""
import datetime
import decimal

import pandas as pd
import pytest
from pyspark.errors import AnalysisException
from pyspark.sql import Row, functions as F
from pyspark.sql.types import (ArrayType, DateType, DecimalType, DoubleType, IntegerType, LongType, MapType,
                               StringType, StructField, StructType, TimestampType)

from conftest import IS_SPARK_35, to_arrow

ROWS = [("AAPL", datetime.date(2018, 1, 2), 172.26, 25048048), ("MSFT", datetime.date(2018, 1, 2), 85.95, 21993101),
        ("AAPL", datetime.date(2018, 1, 3), None, 28819653)]
SCHEMA = "ticker string, date date, close double, volume bigint"


@pytest.fixture
def prices(spark):
    return spark.createDataFrame(ROWS, SCHEMA)


def test_rows_keep_their_types(spark):
    schema = StructType([
        StructField("i", IntegerType(), False), StructField("d", DecimalType(10, 2)),
        StructField("t", TimestampType()), StructField("a", ArrayType(StringType())),
        StructField("m", MapType(StringType(), LongType())),
        StructField("s", StructType([StructField("x", DoubleType()), StructField("y", DateType())])),
    ])
    row = (1, decimal.Decimal("12.34"), datetime.datetime(2020, 2, 29, 12, 30, 0, 250000), ["a", None],
           {"k": 1}, Row(x=0.1, y=datetime.date(1999, 12, 31)))
    frame = spark.createDataFrame([row, (2, None, None, None, None, None)], schema)
    assert frame.schema == schema
    first, second = frame.collect()
    assert tuple(first) == row
    assert tuple(second) == (2, None, None, None, None, None)


def test_show_is_rendered_as_spark_does(prices, capsys):
    prices.orderBy("date", "ticker").show()
    assert capsys.readouterr().out == (
        "+------+----------+------+--------+\n"
        "|ticker|      date| close|  volume|\n"
        "+------+----------+------+--------+\n"
        "|  AAPL|2018-01-02|172.26|25048048|\n"
        "|  MSFT|2018-01-02| 85.95|21993101|\n"
        "|  AAPL|2018-01-03|  NULL|28819653|\n"
        "+------+----------+------+--------+\n\n")


def test_schemas_are_answered_without_running(prices, capsys):
    assert prices.columns == ["ticker", "date", "close", "volume"]
    assert prices.dtypes == [("ticker", "string"), ("date", "date"), ("close", "double"), ("volume", "bigint")]
    prices.groupBy("ticker").agg(F.avg("close"), F.count("*").alias("n")).printSchema()
    assert capsys.readouterr().out == (
        "root\n |-- ticker: string (nullable = true)\n |-- avg(close): double (nullable = true)\n"
        " |-- n: long (nullable = false)\n\n")


def test_counts_heads_and_tails(prices):
    assert prices.count() == 3
    assert prices.filter("close is null").first().volume == 28819653
    assert [r.volume for r in prices.orderBy("volume").head(2)] == [21993101, 25048048]
    assert [r.volume for r in prices.orderBy("volume").tail(1)] == [28819653]
    assert prices.filter(F.col("volume") < 0).isEmpty()
    assert [r.ticker for r in prices.orderBy("volume").toLocalIterator()] == ["MSFT", "AAPL", "AAPL"]


def test_pandas_and_arrow_both_ways(spark, prices):
    table = to_arrow(prices.orderBy("volume"))
    assert table.column_names == prices.columns
    assert table["close"].to_pylist() == [85.95, 172.26, None]
    frame = prices.orderBy("volume").toPandas()
    assert list(frame["ticker"]) == ["MSFT", "AAPL", "AAPL"]
    assert frame["volume"].dtype == "int64"
    back = spark.createDataFrame(pd.DataFrame({"x": [1, 2], "y": ["a", None]}))
    assert [tuple(r) for r in back.collect()] == [(1, "a"), (2, None)]
    empty = prices.limit(0).toPandas()
    assert list(empty.columns) == prices.columns and len(empty) == 0


def test_local_data_beyond_a_megabyte(spark):
    count = 200_000
    frame = spark.createDataFrame(pd.DataFrame({"n": range(count), "text": [f"row {i:08d}" for i in range(count)]}))
    total, smallest, distinct = frame.agg(F.sum("n"), F.min("text"), F.count_distinct("text")).first()
    assert (total, smallest, distinct) == (count * (count - 1) // 2, "row 00000000", count)
    assert frame.schema.simpleString() == "struct<n:bigint,text:string>"
    assert frame.count() == count


def test_large_results_arrive_whole_and_in_order(spark):
    table = to_arrow(spark.range(1_000_000).select("id", (F.col("id") % 7).alias("r")))
    assert table.num_rows == 1_000_000
    assert table["id"].to_numpy().tolist() == list(range(1_000_000))


def test_wide_rows_are_cut_into_messages(spark):
    frame = spark.range(3000).select(F.lpad(F.col("id").cast("string"), 20_000, "x").alias("text"))
    lengths = frame.select(F.length("text").alias("n")).distinct().collect()
    assert [r.n for r in lengths] == [20_000]
    assert sum(len(r.text) for r in frame.collect()) == 60_000_000


def test_sql_runs_commands_once_and_queries_lazily(spark):
    spark.range(3).createOrReplaceTempView("three")
    assert spark.sql("SELECT sum(id) AS s FROM three WHERE id > :low", args={"low": 0}).first().s == 3
    if not IS_SPARK_35:
        assert spark.sql("SELECT * FROM {df} WHERE id = 2", df=spark.range(5)).count() == 1
    assert spark.table("three").count() == 3
    spark.sql("CREATE OR REPLACE TEMP VIEW two AS SELECT * FROM three LIMIT 2")
    assert spark.catalog.dropTempView("two") and not spark.catalog.dropTempView("two")
    assert spark.sql("SET spark.sql.shuffle.partitions=7").collect()[0].value == "7"
    assert spark.conf.get("spark.sql.shuffle.partitions") == "7"


def test_explain_and_other_analyses(spark, prices, capsys):
    prices.filter("volume > 1").explain()
    assert capsys.readouterr().out.strip()
    same = spark.range(5).filter("id > 1")
    assert same.sameSemantics(spark.range(5).filter("id > 1"))
    assert not same.sameSemantics(spark.range(5).filter("id > 2"))
    assert same.semanticHash() == spark.range(5).filter("id > 1").semanticHash()
    assert spark.version.startswith("4.0")
    assert not prices.isStreaming


def test_self_joins_need_names(spark):
    base = spark.range(4).withColumn("v", F.col("id") * 10)
    other = base.filter("id > 1")
    with pytest.raises(AnalysisException, match="AMBIGUOUS_COLUMN_REFERENCE"):
        base.join(other, base.id == other.id + 1).select(base.id, other.v).collect()
    joined = base.alias("a").join(other.alias("b"), F.col("a.id") == F.col("b.id") + 1).select("a.id", "b.v")
    assert sorted(tuple(r) for r in joined.collect()) == [(3, 20)]


def test_deep_plans(spark):
    frame = spark.range(2)
    for i in range(120):
        frame = frame.withColumn(f"c{i}", F.lit(i))
    assert len(frame.columns) == 121
    assert frame.filter("id = 1").first().c119 == 119
