"""Work on an emulated cluster with a real Spark below it: sessions over TLS whose tokens expire on the way, and programs as
steps."""
import os
import pathlib
import subprocess

import pytest

from conftest import ROOT
from emulation import emulation, wait_for

CACHE = pathlib.Path(os.environ.get("EMBER_CACHE") or pathlib.Path.home() / ".cache" / "ember")
CLIENT = CACHE / "venv-client-4.0.2/bin/python"
# Of the emulated clock, in which a token lasts an hour: 20 seconds here.
SPEED = 180


@pytest.fixture(scope="module")
def emr(tmp_path_factory):
    folder = tmp_path_factory.mktemp("emr")
    with emulation("--speed", str(SPEED), "--node-memory", "800", "--folder", str(folder)) as running:
        yield running


@pytest.fixture(scope="module")
def cluster(emr):
    """A cluster with sessions."""
    group = {"InstanceType": "m6g.xlarge", "Market": "ON_DEMAND"}
    client = emr.client()
    started = client.run_job_flow(
        Name="work", ReleaseLabel="emr-spark-8.0.0", ServiceRole="s", JobFlowRole="n", SessionEnabled=True,
        Instances={"InstanceGroups": [{**group, "InstanceRole": "MASTER", "InstanceCount": 1},
                                      {**group, "InstanceRole": "CORE", "InstanceCount": 1}],
                   "KeepJobFlowAliveWhenNoSteps": True})["JobFlowId"]
    wait_for(lambda: client.describe_cluster(ClusterId=started)["Cluster"]["Status"]["State"], {"WAITING", "RUNNING"},
             seconds=180)
    return started


@pytest.fixture
def run(emr, cluster, tmp_path):
    authority = next(path for event in emr.events() if (path := event.get("caFile")))

    def call(*arguments, exit_code=0):
        binary = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
        outside = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
        done = subprocess.run([binary, *map(str, arguments)], capture_output=True, text=True, cwd=tmp_path, timeout=400,
                              env={**outside, **emr.variables, "AWS_CA_BUNDLE": authority})
        assert done.returncode == exit_code, done.stdout + done.stderr
        return done.stdout, done.stderr
    return call


def live_sessions(emr, cluster):
    return [session for session in emr.client().list_sessions(ClusterId=cluster)["Sessions"]
            if session["State"] not in ("TERMINATING", "TERMINATED", "FAILED")]


def test_a_query_and_its_error_leave_no_session(emr, cluster, run):
    out, errors = run("sql", "SELECT version(), sum(id) FROM range(10)", "--on", "emr:work", "-v", "--format", "json")
    assert "4.0" in out and "45" in out and "is IDLE" in errors
    assert "UNRESOLVED_COLUMN" in run("sql", "SELECT nope", "--on", f"emr:{cluster}", exit_code=1)[1]
    assert live_sessions(emr, cluster) == []


def test_a_program_outlives_its_first_token(emr, cluster, run, tmp_path):
    """PySpark's own client cannot renew a token; the relay does."""
    job = tmp_path / "job.py"
    job.write_text("""
import os, sys, time
from pyspark.sql import SparkSession
assert "aws-proxy-auth" not in str(os.environ) and "authorization" not in str(os.environ).lower()
spark = SparkSession.builder.getOrCreate()
for round in range(4):
    print(round, spark.range(10).selectExpr("sum(id)").first()[0], flush=True)
    time.sleep(8)
try:
    spark.sql("SELECT nope").collect()
except Exception as error:
    print(type(error).__name__)
sys.exit(3)
""")
    out, _ = run("python", "--python", CLIENT, "--on", "emr:work", job, exit_code=3)
    assert out == "0 45\n1 45\n2 45\n3 45\nAnalysisException\n"
    assert live_sessions(emr, cluster) == []


def test_a_pipeline_is_submitted_through_a_session(emr, cluster, run, tmp_path):
    (tmp_path / "prices.csv").write_text("ticker,close\nA,1.5\nA,2.5\nB,4\n")
    (tmp_path / "prices.yaml").write_text("""
inputs:
  prices: {path: prices.csv, format: csv, options: {header: true}, columns: {ticker: string, close: double}}
steps:
  best:
    from: prices
    do:
      - group_by: {by: [ticker], aggregate: {close: max(close)}}
outputs:
  best: {path: out, format: csv}
""")
    run("emr", "submit", "work", "prices.yaml")
    rows = sorted(line for part in (tmp_path / "out").glob("*.csv") for line in part.read_text().split())
    assert rows == ["A,2.5", "B,4.0"]
    assert live_sessions(emr, cluster) == []


def test_a_kept_session_is_listed_and_ended(emr, cluster, run):
    run("sql", "SELECT 1", "--on", "emr:work;keep=true")
    (session,) = live_sessions(emr, cluster)
    out, _ = run("emr", "sessions", "work")
    assert session["Id"] in out and "1 live session:" in out and "$ an hour" in out
    assert run("emr", "sessions", "work", "--end-all")[0] == f"{session['Id']} is ended\n"
    assert live_sessions(emr, cluster) == []
