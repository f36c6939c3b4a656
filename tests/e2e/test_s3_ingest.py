"""The `ingest` section of a pipeline: files get to S3 before the pipeline reads them."""
import gzip
import json
import os
import subprocess

import pytest

from fault_proxy import FaultProxy
from s3_server import aws_environment, s3_server
from test_s3_faults import ember, ember_binary, rows

PIPELINE = """
ingest:
  prices:
    from: [data/prices, "data/more/*.csv"]
    to: s3://bucket/{name}/prices
    include: ["*.csv", "*.csv.gz"]
    {options}
inputs:
  prices: {{path: s3://bucket/{name}/prices, columns: {{ticker: string, close: double}}}}
steps:
  best: {{from: prices, do: [{{group_by: {{by: [ticker], aggregate: {{best: max(close)}}}}}}]}}
outputs:
  best: {{path: s3://bucket/{name}/best}}
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("s3")
    with s3_server(folder, "bucket") as running:
        yield running


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data/prices/2024").mkdir(parents=True)
    (tmp_path / "data/more").mkdir()
    (tmp_path / "data/prices/a.csv").write_text("ticker,close\nA,1.5\nB,2\n")
    with gzip.open(tmp_path / "data/prices/2024/b.csv.gz", "wt") as file:
        file.write("ticker,close\nA,3\n")
    (tmp_path / "data/more/c.csv").write_text("ticker,close\nC,7\n")
    (tmp_path / "data/prices/README.md").write_text("not data")
    return tmp_path


def run(folder, server, name, *flags, options="", endpoint="", text=PIPELINE):
    (folder / "p.yaml").write_text(text.format(name=name, options=options))
    return ember("run", folder / "p.yaml", *flags, folder="/",
                 environment=aws_environment(endpoint or server.url, folder))


def test_files_get_there_and_are_read(folder, server):
    done = run(folder, server, "first", "--json")
    assert done.returncode == 0, done.stderr
    stages = json.loads(done.stdout)["stages"]
    assert [(stage["kind"], stage["name"], stage["files"]) for stage in stages] == \
        [("ingest", "prices", 3), ("output", "best", 1)]
    assert sorted(server.contents("bucket", "first/prices")) == ["2024/b.csv.gz", "a.csv", "c.csv"]
    environment = aws_environment(server.url, folder)
    # As in Spark, files of folders below are no input: b.csv.gz is there, and not read.
    best = rows(folder, "s3://bucket/first/best", environment=environment)
    assert [tuple(json.loads(row).values()) for row in best] == [("A", "1.5"), ("B", "2.0"), ("C", "7.0")]
    # The second time only what is new goes; what is gone goes too when it is asked for.
    (folder / "data/more/d.csv").write_text("ticker,close\nD,9\n")
    (folder / "data/prices/a.csv").unlink()
    done = run(folder, server, "first")
    assert done.returncode == 0 and "[ingest] prices: 1 files" in done.stderr and "2 already there" in done.stderr
    assert "prices (ingest)" in done.stdout and "a.csv" in server.contents("bucket", "first/prices")
    assert run(folder, server, "first", options="delete: true").returncode == 0
    assert "a.csv" not in server.contents("bucket", "first/prices")


def test_it_holds_under_faults(folder, server):
    with FaultProxy(server.address, rate=0.1, seed=5) as proxy:
        done = run(folder, server, "faults", endpoint=proxy.url)
        assert done.returncode == 0, done.stderr
    assert server.contents("bucket", "faults/prices")["a.csv"] == (folder / "data/prices/a.csv").read_bytes()


def test_a_check_brings_nothing(folder, server):
    done = run(folder, server, "check", "--check")
    assert done.returncode == 0, done.stderr
    assert not server.contents("bucket", "check")


def test_an_exported_program_names_the_commands_that_do_it(folder, server):
    assert run(folder, server, "exported").returncode == 0  # an export reads the inputs' columns
    environment = aws_environment(server.url, folder)
    refused = ember("export", folder / "p.yaml", "--pyspark", folder="/", environment=environment)
    assert refused.returncode == 1 and "--without-ingest" in refused.stderr
    done = ember("export", folder / "p.yaml", "--pyspark", "--without-ingest", folder="/", environment=environment)
    assert done.returncode == 0, done.stderr
    assert "This program brings no files to S3" in done.stdout
    commands = [line.strip() for line in done.stdout.splitlines() if line.startswith("    ember s3 ")]
    assert commands == ["ember s3 put --include '*.csv' --include '*.csv.gz' data/prices data/more/*.csv "
                        "s3://bucket/exported/prices/"]
    s3 = server.client("bucket")
    for name in ("a.csv", "c.csv"):
        s3.call("DELETE", f"exported/prices/{name}")
    command = commands[0].replace("ember", str(ember_binary()), 1)
    subprocess.run(command, shell=True, check=True, cwd=folder, env={**os.environ, **environment}, timeout=60)
    assert sorted(server.contents("bucket", "exported/prices")) == ["2024/b.csv.gz", "a.csv", "c.csv"]


@pytest.mark.parametrize("change,said", [
    (("s3://bucket/{name}/prices\n", "out\n"), "is no path like s3://bucket/folder"),
    (("include", "includes"), "did you mean 'include'"),
    (("from: [data/prices, \"data/more/*.csv\"]", "from: data/nothing"), "PATH_NOT_FOUND"),
    (("from: [data/prices, \"data/more/*.csv\"]", "from: [data/prices, data/prices/a.csv]"), "two of the sources"),
    (("s3://bucket/{name}/prices\n", "s3://no-such-bucket/x\n"), "NoSuchBucket"),
])
def test_what_is_wrong_is_said_with_its_place(folder, server, change, said):
    done = run(folder, server, "wrong", text=PIPELINE.replace(*change, 1))
    assert done.returncode in (1, 2) and said in done.stderr and "p.yaml:" in done.stderr, done.stderr
