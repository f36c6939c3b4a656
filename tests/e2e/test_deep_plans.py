"""Plans that programs build in loops: hundreds of columns, unions and conditions."""
from functools import reduce

from pyspark.sql import functions as F


def test_columns_in_a_loop(spark):
    frame = spark.range(10)
    for i in range(500):
        frame = frame.withColumn(f"c{i}", F.col("id") + i)
    assert len(frame.columns) == 501
    assert frame.agg(F.sum("c499")).collect()[0][0] == 45 + 4990


def test_a_column_upon_itself(spark):
    frame = spark.range(10)
    for _ in range(400):
        frame = frame.withColumn("id", F.col("id") + 1)
    assert frame.agg(F.sum("id")).collect()[0][0] == 45 + 4000


def test_unions_in_a_loop(spark):
    assert reduce(lambda a, b: a.union(b), [spark.range(2) for _ in range(400)]).count() == 800


def test_a_long_condition(spark):
    assert spark.range(10).filter(" OR ".join(f"id = {i}" for i in range(5000))).count() == 10
    assert spark.range(10).filter(F.col("id").isin(list(range(5, 5000)))).count() == 5
