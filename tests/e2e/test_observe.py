"""Metrics that df.observe gives beside the rows."""
import datetime
import decimal

import pytest
from pyspark.errors import AnalysisException
from pyspark.sql import Observation, functions as F


@pytest.fixture
def lots(spark):
    return spark.createDataFrame([("A", 1, 2.5), ("B", 3, None), ("C", 5, 6.0)],
                                 "ticker string, first int, second double")


def test_metrics_come_with_the_rows(lots):
    seen = Observation("seen")
    rows = lots.observe(seen, F.count(F.lit(1)).alias("rows"), F.max("first").alias("most"), F.avg("second"),
                        F.sum(F.col("first").cast("decimal(10,2)")).alias("exact"),
                        F.max(F.lit("2024-01-01").cast("date")).alias("day")).collect()
    assert len(rows) == 3
    assert seen.get == {"rows": 3, "most": 5, "avg(second)": 4.25, "exact": decimal.Decimal("9.00"),
                        "day": datetime.date(2024, 1, 1)}


def test_what_is_above_does_not_count(lots):
    before, after = Observation(), Observation()
    counted = (lots.observe(before, F.count(F.lit(1)).alias("rows")).filter("first > 1")
               .observe(after, F.count(F.lit(1)).alias("rows")).groupBy().count())
    assert counted.collect()[0][0] == 2
    assert before.get == {"rows": 3} and after.get == {"rows": 2}


def test_a_write_gives_metrics_too(lots, tmp_path):
    written = Observation("written")
    lots.observe(written, F.sum("first").alias("total")).write.parquet(str(tmp_path / "out"))
    assert written.get == {"total": 9}


def test_metrics_of_no_rows_are_null(lots):
    nothing = Observation()
    lots.filter("first > 100").observe(nothing, F.max("first").alias("most")).collect()
    assert nothing.get == {"most": None}


def test_a_metric_is_an_aggregate(lots):
    with pytest.raises(AnalysisException) as caught:
        lots.observe(Observation(), F.col("first")).collect()
    assert caught.value.getCondition() == "INVALID_OBSERVED_METRICS.NON_AGGREGATE_FUNC_ARG_IS_ATTRIBUTE"
