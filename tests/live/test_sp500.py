"""What examples/sp500/pipeline.yaml leaves is what a real Spark makes of the same program written in PySpark; and
Spark reads Ember's Parquet folders with the types that it would have written."""
import csv
import glob
import math
import os
import pathlib
import shutil
import subprocess

import pytest
from pyspark.sql import SparkSession, Window, functions as F

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples/sp500"


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """The folder of outputs of a run."""
    folder = tmp_path_factory.mktemp("sp500")
    shutil.copy(EXAMPLE / "pipeline.yaml", folder)
    (folder / "data").symlink_to(EXAMPLE / "data")
    binary = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
    subprocess.run([binary, "run", "--quiet", str(folder / "pipeline.yaml")], check=True)
    return folder / "out"


@pytest.fixture(scope="module")
def spark(spark_url):
    session = SparkSession.builder.remote(spark_url).create()
    session.conf.set("spark.sql.ansi.enabled", "true")
    session.conf.set("spark.sql.session.timeZone", "UTC")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def frames(spark):
    """Every output as a DataFrame of the real Spark."""
    prices = (spark.read.option("header", True).csv(str(EXAMPLE / "data/prices.csv.gz"))
              .select(F.col("Name").alias("ticker"), F.col("date").cast("date"), F.col("open").cast("double"),
                      F.col("high").cast("double"), F.col("low").cast("double"),
                      F.col("close").cast("double").alias("close_price"), F.col("volume").cast("bigint"))).cache()
    sectors = (spark.read.option("header", True).csv(str(EXAMPLE / "data/sectors.csv"))
               .select(F.col("Symbol").alias("ticker"), F.col("Name").alias("company"), F.col("Sector").alias("sector")))
    clean = prices.dropDuplicates(["ticker", "date"])

    daily = (clean.groupBy("ticker", "date")
             .agg(F.avg("close_price").alias("avg_price"), F.max("volume").alias("max_volume"))
             .withColumn("year", F.year("date")))

    previous = F.lag("close_price").over(Window.partitionBy("ticker").orderBy("date"))
    yearly = (clean.withColumn("year", F.year("date")).withColumn("log_return", F.log(F.col("close_price") / previous))
              .groupBy("ticker", "year")
              .agg(F.min_by("close_price", "date").alias("first_close"), F.max_by("close_price", "date").alias("last_close"),
                   (F.stddev("log_return") * F.sqrt(F.lit(252))).alias("volatility"),
                   F.avg(F.col("close_price") * F.col("volume")).alias("avg_dollar_volume"),
                   F.count(F.lit(1)).alias("days"))
              .withColumn("return", F.col("last_close") / F.col("first_close") - 1)
              .join(F.broadcast(sectors), "ticker", "left").orderBy("ticker", "year"))

    priced = F.col("open").isNotNull() & F.col("high").isNotNull() & F.col("low").isNotNull() & \
        F.col("close_price").isNotNull()
    close = F.col("close_price")
    rules = [
        ("high_below_others", F.col("high") < F.greatest("open", close, "low") - 1e-9 * F.abs("high"),
         F.col("high")),
        ("low_above_others", F.col("low") > F.least("open", close, "high") + 1e-9 * F.abs("low"), F.col("low")),
        ("non_positive_price", F.least("open", "high", "low", close) <= 0, F.least("open", "high", "low", close)),
        ("missing_price", ~priced, F.lit(None).cast("double")),
        ("bad_volume", F.col("volume").isNull() | (F.col("volume") < 0), F.col("volume").cast("double")),
        ("duplicate_key", F.col("rows") > 1, F.col("rows").cast("double"))]
    counted = prices.withColumn("rows", F.count(F.lit(1)).over(Window.partitionBy("ticker", "date")))
    broken = [counted.filter(condition).select("ticker", "date", F.lit(name).alias("rule"), value.alias("value"))
              for name, condition, value in rules]
    violations = broken[0]
    for other in broken[1:]:
        violations = violations.unionByName(other)
    violations = violations.orderBy("ticker", "date", "rule")
    counts = (violations.groupBy("rule").agg(F.count(F.lit(1)).alias("violations"),
                                             F.count_distinct("ticker").alias("tickers")).orderBy("rule"))
    yield {"daily": daily, "yearly": yearly, "yearly_csv": yearly, "violations": violations, "violation_counts": counts}
    prices.unpersist()


def close_enough(one, other):
    """Sums of doubles depend on the order of addition: twelve digits must agree."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12) or (math.isnan(one) and math.isnan(other))
    return one == other and type(one) is type(other)


@pytest.mark.parametrize("name, keys", [("daily", ("ticker", "date")), ("yearly", ("ticker", "year"))])
def test_parquet(name, keys, own, frames, spark):
    # As written and read again: partition columns last, everything nullable.
    expected = frames[name].select(*[c for c in frames[name].columns if c != "year"], "year")
    read = spark.read.parquet(str(own / name))
    assert [(f.name, f.dataType) for f in read.schema] == [(f.name, f.dataType) for f in expected.schema]
    assert all(field.nullable for field in read.schema)
    order = [F.col(key).asc() for key in keys]
    rows, wanted = ([list(column.to_pylist()) for column in frame.orderBy(*order).toArrow().columns]
                    for frame in (read, expected))
    assert len(rows[0]) == len(wanted[0]) > 1000
    for column, own_cells, cells in zip(read.columns, rows, wanted):
        wrong = [(i, a, b) for i, (a, b) in enumerate(zip(own_cells, cells)) if not close_enough(a, b)]
        assert not wrong, f"{column}: {len(wrong)} cells differ: {wrong[:3]}"


def test_daily_files_are_in_the_order_of_dates(own, spark):
    for folder in sorted(own.glob("daily/year=*")):
        files = sorted(folder.glob("part-*.parquet"))
        assert files
        for file in files:
            dates = spark.read.parquet(str(file)).select("date").toArrow().column(0).to_pylist()
            assert dates == sorted(dates), file


def lines(folder):
    with open(*glob.glob(f"{folder}/part-*.csv"), newline="") as file:
        return list(csv.reader(file))


def number(cell):
    try:
        return float(cell)
    except ValueError:
        return cell


@pytest.mark.parametrize("name", ["yearly_csv", "violations", "violation_counts"])
def test_csv(name, own, frames, tmp_path):
    frames[name].coalesce(1).write.csv(str(tmp_path / name), header=True)
    rows, wanted = lines(own / name), lines(tmp_path / name)
    assert rows[0] == wanted[0] and len(rows) == len(wanted) > 1
    for own_row, row in zip(rows[1:], wanted[1:]):
        assert len(own_row) == len(row)
        assert all(a == b or close_enough(number(a), number(b)) for a, b in zip(own_row, row)), f"{own_row}\n{row}"


def test_no_price_is_rejected(own, frames, spark):
    rejects = lines(own / "rejects")
    assert len(rejects) == 1, "only the header"
    assert spark.read.parquet(str(own / "daily")).count() == frames["daily"].count()
