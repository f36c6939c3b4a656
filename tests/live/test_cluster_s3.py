"""`ember cluster up --s3`: Spark reaches S3 with Ember's credentials and endpoint, and what it wrote there Ember reads;
the secret is in no process list, log or file of the cluster."""
import gc
import os
import pathlib
import subprocess
import sys

from pyspark.sql import SparkSession

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))
from s3_server import SECRET, aws_environment, s3_server  # noqa: E402

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
