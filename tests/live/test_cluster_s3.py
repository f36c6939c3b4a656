"""`ember cluster up --s3`: Spark reaches S3 with Ember's credentials and endpoint, and what it wrote there Ember reads;
the secret is in no process list, log or file of the cluster."""
import gc
import json
import os
import pathlib
import subprocess
import sys

import pytest
from pyspark.sql import SparkSession
from pyspark.sql.functions import lit

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))
from s3_server import SECRET, aws_environment, s3_server  # noqa: E402

# Overwrites partitions, of which the second run has one only.
DYNAMIC = """
spark: {{spark.sql.sources.partitionOverwriteMode: dynamic}}
inputs: {{}}
steps: {{s: {{do: [sql: 'SELECT id, id % 3 AS k FROM range({rows})']}}}}
outputs:
  a: {{from: s, path: "s3a://bucket/dynamic", partition_by: [k]}}
  b: {{from: s, path: "s3a://bucket/dynamic_csv", format: csv, partition_by: [k]}}
"""


def check_committers(session, environment, url, tmp_path):
    """Magic for what it can do; Spark's own for a pipeline that overwrites partitions dynamically, which it cannot."""
    texts = [path.read_text() for path in tmp_path.rglob("_SUCCESS")]
    assert len(texts) == 1 and '"magic"' in texts[0]
    writer = session.range(3).withColumn("k", lit(1)).write.partitionBy("k").mode("overwrite")
    with pytest.raises(Exception, match="PathOutputCommitProtocol"):
        writer.option("partitionOverwriteMode", "dynamic").parquet("s3a://bucket/refused")
    for rows in (9, 1):
        (tmp_path / "p.yaml").write_text(DYNAMIC.format(rows=rows))
        done = subprocess.run([BINARY, "run", str(tmp_path / "p.yaml"), "--on", url, "--json"], env=environment,
                              capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        for stage in json.loads(done.stdout)["stages"]:
            assert stage["files"] >= 1 and stage["bytes"] > 0, stage
    assert session.read.parquet("s3a://bucket/dynamic").count() == 7
    assert session.read.csv("s3a://bucket/dynamic_csv").count() == 7


BINARY = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")

gc.disable()


def test_what_spark_writes_to_s3_ember_reads(tmp_path):
    with s3_server(tmp_path, "bucket") as address:
        environment = {**os.environ, **aws_environment(f"http://{address}", tmp_path), "EMBER_STATE": str(tmp_path / "state")}
        environment.pop("SPARK_HOME", None)
        command = [BINARY, "cluster", "up", "--workers", "1", "--memory", "800m", "--timeout", "280", "--s3"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=400)
        try:
            assert done.returncode == 0 and SECRET not in done.stderr, done.stderr
            session = SparkSession.builder.remote(done.stdout.strip()).create()
            session.range(100).write.parquet("s3a://bucket/numbers")
            assert session.read.parquet("s3://bucket/numbers").count() == 100
            check_committers(session, environment, done.stdout.strip(), tmp_path)
            session.stop()
            read = [BINARY, "sql", "SELECT sum(id) AS s FROM parquet.`s3://bucket/numbers`"]
            own = subprocess.run(read, env=environment, capture_output=True, text=True, timeout=60)
            assert "4950" in own.stdout, own.stderr
            for file in pathlib.Path(environment["EMBER_STATE"]).rglob("*"):
                assert not file.is_file() or SECRET.encode() not in file.read_bytes(), file
            for process in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    assert SECRET.encode() not in process.read_bytes()
                except OSError:
                    pass  # it has ended
        finally:
            subprocess.run([BINARY, "cluster", "down"], env=environment, check=True, timeout=60)
