"""Where Spark's placement of rows is determined, the same rows share a file on Ember and on a real Spark."""
import json
import os
import re
import subprocess
import sys

import pyarrow.parquet
import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from test_programs import ROOT, ember  # noqa: F401: ember is a fixture

NAME = re.compile(r"part-(\d+)-[0-9a-f-]{36}(?:_(\d+))?[-.]c(\d+)\.")

QUERY = """
    SELECT id, concat('T', id % 37) AS ticker, CAST(id % 11 AS SMALLINT) AS sector,
           DATE'2020-01-01' + CAST(id % 500 AS INT) AS day,
           CAST(IF(id % 13 = 0, NULL, id % 97) AS DECIMAL(12, 3)) AS price, id / 7 AS ratio,
           TIMESTAMP'2024-01-01 00:00:00' + make_dt_interval(0, CAST(id AS INT)) AS at
    FROM range(0, 3000, 1, 1)"""
# Spark knows all keys of so many rows; of more it draws a sample (RangePartitioner).
UNSAMPLED = "id < 2400"

LAYOUTS = {
    "hash of a string": lambda df: (df.repartition(7, "ticker"), {}),
    "hash of dates and decimals": lambda df: (df.repartition(5, "day", "price"), {}),
    "hash of doubles and instants": lambda df: (df.repartition(6, "ratio", "at"), {}),
    "hash of an expression": lambda df: (df.repartition(4, F.year("day"), F.month("day")), {}),
    "hash in folders": lambda df: (df.repartition(3, "ticker"), {"partitionBy": "sector"}),
    "hash, then sorted": lambda df: (df.repartition(4, "ticker").sortWithinPartitions("day", F.desc("id")), {}),
    "ranges": lambda df: (df.filter(UNSAMPLED).repartitionByRange(8, "price", F.desc("id")), {}),
    "ranges with many equal keys": lambda df: (df.filter(UNSAMPLED).repartitionByRange(9, "sector"), {}),
    "so many rows a file": lambda df: (df.coalesce(1).sortWithinPartitions("id"), {"maxRecordsPerFile": 700}),
    "so many rows a file of a folder": lambda df: (df.coalesce(1).sortWithinPartitions("id"),
                                                   {"maxRecordsPerFile": 100, "partitionBy": "sector"}),
    "hash, so many rows a file": lambda df: (df.repartition(3, "ticker").sortWithinPartitions("id"),
                                             {"maxRecordsPerFile": 400}),
    "buckets": lambda df: (df.coalesce(1), {"bucketBy": (6, "ticker"), "sortBy": ("day", "id")}),
    "buckets in folders": lambda df: (df.coalesce(1), {"bucketBy": (3, "day"), "sortBy": ("id",),
                                                       "partitionBy": "sector"}),
    "buckets of repartitioned rows": lambda df: (df.repartition(4, "day"), {"bucketBy": (3, "ticker"),
                                                                           "sortBy": ("id",)}),
}


def written(url, build, folder, is_sorted):
    """The ids in each file, by its folder, task, bucket and count."""
    spark = SparkSession.builder.remote(url).create()
    try:
        spark.conf.set("spark.sql.session.timeZone", "UTC")
        df, options = build(spark.sql(QUERY))
        writer = df.write.option("maxRecordsPerFile", options.get("maxRecordsPerFile", 0))
        if "partitionBy" in options:
            writer = writer.partitionBy(options["partitionBy"])
        if "bucketBy" in options:
            spark.sql("DROP TABLE IF EXISTS live_layout")
            (writer.bucketBy(*options["bucketBy"]).sortBy(*options["sortBy"]).option("path", str(folder))
             .saveAsTable("live_layout"))
            spark.sql("DROP TABLE live_layout")
        else:
            writer.parquet(str(folder))
    finally:
        spark.stop()
    files = {}
    for path in folder.rglob("*.parquet"):
        ids = pyarrow.parquet.ParquetFile(path).read(["id"]).column("id").to_pylist()
        key = (str(path.parent.relative_to(folder)), *NAME.match(path.name).groups())
        files[key] = ids if is_sorted else sorted(ids)
    return files


@pytest.mark.parametrize("name", LAYOUTS)
def test_same_rows_share_a_file(ember, spark_url, tmp_path, name):  # noqa: F811
    is_sorted = "sort" in name or "so many" in name or "bucket" in name
    rows = 2400 if "range" in name else 3000
    ours = written(ember, LAYOUTS[name], tmp_path / "ember", is_sorted)
    assert ours == written(spark_url, LAYOUTS[name], tmp_path / "spark", is_sorted)
    assert sum(map(len, ours.values())) == rows


LAID_OUT = """
inputs: {{none: {{path: none.csv, columns: {{x: int}}}}}}
steps:
  rows: {{do: [{{sql: "{query}"}}], cache: memory_only}}
  hashed: {{from: rows, do: [{{repartition: {{by: [day], count: 4}}}}]}}
  ranges: {{from: rows, do: [{{filter: "{unsampled}"}}, {{repartition_by_range: {{by: [price, id desc], count: 8}}}}]}}
outputs:
  buckets: {{from: hashed, table: live_laid_out, path: out/buckets, bucket_by: {{columns: [ticker], buckets: 3}}, sort_by: [id]}}
  ranges: {{path: out/ranges}}
  hashed: {{path: out/hashed, partition_by: [sector]}}
"""


def test_a_pipeline_lays_out_alike(spark_url, tmp_path):
    """A pipeline's tables, buckets and placements: this engine, a real Spark, and the exported program on it."""
    (tmp_path / "none.csv").write_text("x\n")
    (tmp_path / "p.yaml").write_text(LAID_OUT.format(query=" ".join(QUERY.split()), unsampled=UNSAMPLED))
    binary = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")

    def run(*arguments):
        done = subprocess.run([*arguments], cwd=tmp_path, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def drop():
        spark = SparkSession.builder.remote(spark_url).create()
        spark.sql("DROP TABLE IF EXISTS live_laid_out")
        spark.stop()

    def files():
        found = {}
        for path in (tmp_path / "out").rglob("*.parquet"):
            ids = pyarrow.parquet.ParquetFile(path).read(["id"]).column("id").to_pylist()
            key = (str(path.parent.relative_to(tmp_path)), *NAME.match(path.name).groups())
            found[key] = ids if "buckets" in key[0] else sorted(ids)
        (tmp_path / "out").rename(tmp_path / f"out-{len(list(tmp_path.iterdir()))}")
        return found

    run(binary, "run", "p.yaml", "--warehouse", str(tmp_path / "warehouse"))
    ours = files()
    assert len([key for key in ours if key[0] == "out/ranges"]) == 8
    drop()
    try:
        run(binary, "run", "p.yaml", "--on", spark_url)
        assert files() == ours
    finally:
        drop()
    program = run(binary, "export", "p.yaml", "--pyspark")
    assert '.bucketBy(3, "ticker")' in program and '.sortBy("id")' in program
    assert '.repartitionByRange(8, "price", F.desc("id"))' in program or ".repartitionByRange(8, " in program
    assert "StorageLevel(False, True, False, True, 1)" in program
    (tmp_path / "p.py").write_text(program)
    done = subprocess.run([sys.executable, "p.py", str(tmp_path)], cwd=tmp_path, capture_output=True, text=True,
                          timeout=300, env={**os.environ, "SPARK_REMOTE": spark_url})
    drop()
    assert done.returncode == 0, done.stderr[-2000:]
    assert files() == ours


PIPELINE = """
inputs: {prices: {path: prices.csv, columns: {ticker: string, year: int, close: double}}}
outputs:
  daily: {from: prices, path: out, partition_by: [year], target_file_size: 20kB}
"""


def test_a_target_size_here_and_there(spark_url, tmp_path):
    rows = "".join(f"T{i % 50},{2020 + i % 2},{i}.25\n" for i in range(20000))
    (tmp_path / "prices.csv").write_text("ticker,year,close\n" + rows)
    (tmp_path / "p.yaml").write_text(PIPELINE)
    binary = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")

    def run(*arguments):
        done = subprocess.run([binary, *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout + done.stderr

    run("run", "p.yaml")
    sizes = {}
    for path in (tmp_path / "out").rglob("*.parquet"):
        sizes.setdefault(path.parent.name, []).append(path.stat().st_size)
    assert len(sizes) == 2 and all(len(files) > 1 for files in sizes.values())
    assert all(size <= 25_000 for files in sizes.values() for size in files)
    assert all(sorted(files)[1] >= 10_000 for files in sizes.values())
    (tmp_path / "out").rename(tmp_path / "here")
    said = run("run", "p.yaml", "--on", spark_url, "-v")
    assert "rebalances" in said
    # How many files there are is each engine's own; what is in them is not.
    compared = json.loads(subprocess.run([binary, "diff", "here", "out", "--json"], cwd=tmp_path, capture_output=True,
                                         text=True, timeout=300).stdout)
    assert compared["a"]["rows"] == compared["b"]["rows"] == 20000
    assert compared["schema"] == [] and not any(compared["rows"][kind] for kind in ("only_a", "only_b", "changed"))
    program = run("export", "p.yaml", "--pyspark")
    assert '.hint("rebalance", "year")' in program
    assert '"spark.sql.adaptive.advisoryPartitionSizeInBytes", "20000b"' in program
