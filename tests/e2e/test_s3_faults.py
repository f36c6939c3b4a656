"""S3 as networks and services are: one request in ten fails, and every run comes to the same end."""
import gzip
import json
import os
import subprocess

import pytest

from conftest import ember_binary
from fault_proxy import FaultProxy
from s3_server import SECRET, aws_environment, s3_server

PIPELINE = """
inputs:
  prices:
    path: {root}/raw/*.csv.gz
    columns: {{ticker: string, day: int, close: double, volume: bigint}}
  names: {{path: {root}/raw/names.csv, columns: {{ticker: string, name: string}}}}
  old: {{format: parquet, path: {root}/old}}
steps:
  daily:
    from: prices
    do:
      - join: {{with: names, on: [ticker]}}
      - group_by: {{by: [ticker, name, day], aggregate: {{close: avg(close), volume: max(volume)}}}}
  both:
    from: daily
    do:
      - union: [old]
outputs:
  daily: {{path: {root}/daily, partition_by: [ticker]}}
  both: {{path: {root}/both, format: csv, mode: append}}
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """With raw data in a bucket."""
    folder = tmp_path_factory.mktemp("s3")
    make_data(folder / "raw-data")
    with s3_server(folder, "bucket") as running:
        running.put_tree("bucket", folder / "raw-data")
        yield running


def make_data(root):
    (root / "raw").mkdir(parents=True)
    for part in range(4):
        lines = [f"T{i % 7},{i % 50 + part * 50},{i * 0.25},{i * 37 % 1000}" for i in range(8000)]
        with gzip.open(root / "raw" / f"p{part}.csv.gz", "wt") as file:
            file.write("ticker,day,close,volume\n" + "\n".join(lines) + "\n")
    (root / "raw" / "names.csv").write_text("ticker,name\n" + "".join(f"T{i},Name {i}\n" for i in range(7)))
    done = ember("sql", "CREATE TABLE parquet_old USING parquet LOCATION '{}' AS SELECT 'T1' AS ticker, 'x' AS name, "
                 "cast(id AS int) AS day, 1.5D AS close, id AS volume FROM range(30000)".format(root / "old"),
                 folder=root.parent)
    assert done.returncode == 0, done.stderr


def ember(*arguments, folder, environment=None, timeout=120):
    variables = {k: v for k, v in os.environ.items() if not k.startswith(("SPARK_", "AWS_"))}
    done = subprocess.run([ember_binary(), *map(str, arguments)], cwd=folder, env={**variables, **(environment or {})},
                          capture_output=True, text=True, timeout=timeout)
    assert SECRET not in done.stdout + done.stderr
    return done


def rows(folder, path, format="parquet", environment=None):
    done = ember("sql", "--format", "json", f"SELECT * FROM {format}.`{path}`", folder=folder, environment=environment)
    assert done.returncode == 0, done.stderr
    return sorted(done.stdout.splitlines())


@pytest.fixture(scope="module")
def expected(server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("local")
    make_data(folder / "bucket")
    (folder / "p.yaml").write_text(PIPELINE.format(root=folder / "bucket"))
    done = ember("run", folder / "p.yaml", folder=folder)
    assert done.returncode == 0, done.stderr
    return rows(folder, folder / "bucket/daily"), rows(folder, folder / "bucket/both", "csv")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_request_in_ten_fails(server, expected, tmp_path, seed):
    root = f"s3://bucket/run{seed}"
    (tmp_path / "p.yaml").write_text(
        PIPELINE.replace("{root}/raw", "s3://bucket/raw").replace("{root}/old", "s3a://bucket/old").format(root=root))
    with FaultProxy(server.address, rate=0.1, seed=seed) as proxy:
        done = ember("run", tmp_path / "p.yaml", "--json", folder=tmp_path,
                     environment=aws_environment(proxy.url, tmp_path))
        assert done.returncode == 0, done.stderr[-3000:]
        assert sum(proxy.faults().values()) > 0
    direct = aws_environment(server.url, tmp_path)
    assert rows(tmp_path, root + "/daily", environment=direct) == expected[0]
    assert rows(tmp_path, root + "/both", "csv", environment=direct) == expected[1]
    assert len(json.loads(done.stdout)["stages"]) == 2


def sql(proxy, folder, text, **environment):
    return ember("sql", "--format", "json", text, folder=folder,
                 environment={**aws_environment(proxy.url, folder), **environment})


COUNT = "SELECT count(*) AS n FROM parquet.`s3://bucket/old`"


# Keys that expire in the middle of a read: test_s3_keys.py.
@pytest.mark.parametrize("operation,fault", [
    (operation, fault) for operation in ("Get", "Head", "List") for fault in ("expired", "slow", "bad_gateway")
    if (operation, fault) != ("Get", "expired")])
def test_reads_go_on(server, tmp_path, operation, fault):
    with FaultProxy(server.address, once=[(operation, fault)], slow_s=1.0) as proxy:
        done = sql(proxy, tmp_path, COUNT)
        assert done.returncode == 0 and "30000" in done.stdout, done.stderr
        assert proxy.faults()[fault] == 1


@pytest.mark.parametrize("once", [
    [("Complete", "error_in_200")], [("Complete", "lost")], [("Complete", "error_in_200"), ("Complete", "lost")],
    [("CreateUpload", "lost"), ("UploadPart", "lost"), ("Put", "lost"), ("Delete", "lost"), ("DeleteObjects", "lost")],
    [("Put", "expired"), ("UploadPart", "expired"), ("Complete", "expired")]])
def test_writes_come_to_their_end(server, tmp_path, once):
    with FaultProxy(server.address, once=once) as proxy:
        for value in (1, 2):
            done = sql(proxy, tmp_path, f"INSERT OVERWRITE DIRECTORY 's3://bucket/ends' USING parquet SELECT {value} AS x")
            assert done.returncode == 0, done.stderr
        assert rows(tmp_path, "s3://bucket/ends", environment=aws_environment(server.url, tmp_path)) \
            == ['{"x":2}']
        assert len([name for name in server.contents("bucket", "ends") if name.startswith("part-")]) == 1


def test_a_bucket_in_another_region(tmp_path):
    make_data(tmp_path / "raw-data")
    with s3_server(tmp_path, "bucket", region="eu-west-3") as running:
        running.put_tree("bucket", tmp_path / "raw-data")
        for fault in ("moved", "wrong_scope"):
            with FaultProxy(running.address) as proxy:
                proxy.decide = lambda request: fault if "/us-east-1/s3/" in request.headers["authorization"] else None
                done = sql(proxy, tmp_path, COUNT)
                assert done.returncode == 0 and "30000" in done.stdout, done.stderr
                done = sql(proxy, tmp_path, "INSERT OVERWRITE DIRECTORY 's3://bucket/w' USING csv SELECT 1")
                assert done.returncode == 0, done.stderr
                assert proxy.faults()[fault] <= 3  # asked once a process, then in the right region


def test_the_number_of_tries_is_the_users(server, tmp_path):
    with FaultProxy(server.address, rate=1.0, kinds=["internal"]) as proxy:
        done = sql(proxy, tmp_path, COUNT, AWS_MAX_ATTEMPTS="2")
        assert done.returncode == 1 and "after 2 tries" in done.stderr
        assert len(proxy.seen) == 2
