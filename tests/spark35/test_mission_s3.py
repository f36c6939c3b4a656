"""The mission's program, verbatim, on data in S3: by the engine of this process, on a cluster of Spark 4.0 and on one of
Spark 3.5, each with its own PySpark client. Equal outputs."""
import contextlib
import os
import pathlib
import subprocess

import pytest

from conftest import BINARY, ember, well
from mission import PROGRAM
from s3_server import SECRET, aws_environment, s3_server

CACHE = pathlib.Path(os.environ.get("EMBER_CACHE") or pathlib.Path.home() / ".cache" / "ember")
STOCKS = """
inputs: {}
steps:
  stocks:
    do:
      - sql: >
          SELECT concat('T', id % 7) AS ticker, date_add(DATE'2020-01-01', CAST(id % 50 AS INT)) AS date,
          CAST(id % 13 AS DOUBLE) / 4 AS close_price, id AS volume FROM range(10000)
outputs: {stocks: {path: "s3://stock-data/historical/"}}
"""


@pytest.fixture(scope="module")
def aws(tmp_path_factory):
    folder = tmp_path_factory.mktemp("s3")
    with s3_server(folder, "stock-data") as address:
        environment = aws_environment(f"http://{address}", folder)
        (folder / "stocks.yaml").write_text(STOCKS)
        well("run", "--quiet", str(folder / "stocks.yaml"), **environment)
        yield environment


@contextlib.contextmanager
def cluster(version, folder, aws):
    environment = {**os.environ, **aws, "EMBER_STATE": str(folder / "state")}
    command = [BINARY, "cluster", "up", "--spark", version, "--s3", "--workers", "1", "--memory", "800m", "--timeout", "280"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=400)
    try:
        assert done.returncode == 0 and SECRET not in done.stderr, done.stderr
        yield done.stdout.strip()
    finally:
        subprocess.run([BINARY, "cluster", "down"], env=environment, check=True, timeout=60)


def run_mission(name, folder, aws, client, *flags):
    target = f"s3://stock-data/processed-{name}/"
    program = folder / f"{name}.py"
    program.write_text(PROGRAM.format(source="s3://stock-data/historical/", target=target))
    python = CACHE / f"venv-client-{client}/bin/python"
    well("python", "--python", str(python), *flags, str(program), cwd=folder, **aws)
    return target


@pytest.mark.parametrize("version", ["3.5.6", "4.0.2"])
def test_mission(version, aws, tmp_path):
    own = run_mission(f"local-{version}", tmp_path, aws, version, "--spark", version)
    with cluster(version, tmp_path, aws) as url:
        assert f"Spark {version}" in well("sql", "SELECT 1 AS a", "--on", url, "-v").stderr
        other = run_mission(f"cluster-{version}", tmp_path, aws, version, "--on", url)
        # Through our own client too, and what Spark wrote is what Ember reads.
        through = well("sql", f"SELECT count(*) AS n FROM parquet.`{own}`", "--on", url, "--format", "json").stdout
        assert through == well("sql", f"SELECT count(*) AS n FROM parquet.`{other}`", "--format", "json", **aws).stdout
    done = ember("diff", own, other, **aws)
    assert done.returncode == 0, done.stdout + done.stderr


def test_all_are_equal(aws):
    """Each with each: the two of test_mission with one another."""
    done = ember("diff", "s3://stock-data/processed-cluster-3.5.6/", "s3://stock-data/processed-cluster-4.0.2/", **aws)
    assert done.returncode == 0, done.stdout + done.stderr
