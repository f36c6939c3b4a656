"""What reading from S3 asks for: no byte, no listing and no footer that the query does not need."""
import collections
import re

import pytest

from conftest import ember_binary, run_python
from counting_proxy import CountingProxy
from s3_server import aws_environment, s3_server
from test_s3_faults import ember

FILES = 6
PARTS = """
inputs: {many: {format: parquet, path: "s3://bucket/many/0"}}
outputs: {parts: {from: many, path: "s3://bucket/parts", partition_by: [day]}}
"""
ROWS = 300_000  # of a file; DuckDB writes row groups of 122,880


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A bucket with `many` (6 files of three row groups, sorted by id) and `parts` (folders of days)."""
    folder = tmp_path_factory.mktemp("s3")
    with s3_server(folder, "bucket") as address:
        environment = aws_environment(f"http://{address}", folder)
        rows = "SELECT id, id % 10 AS day, sha2(cast(id AS string), 256) AS text FROM range({}, {})"
        statements = [f"INSERT OVERWRITE DIRECTORY 's3://bucket/many/{i}' USING parquet "
                      + rows.format(i * ROWS, (i + 1) * ROWS) for i in range(FILES)]
        done = ember("sql", *statements, folder=folder, environment=environment)
        assert done.returncode == 0, done.stderr
        (folder / "parts.yaml").write_text(PARTS)
        done = ember("run", "--quiet", "parts.yaml", folder=folder, environment=environment)
        assert done.returncode == 0, done.stderr
        yield address


@pytest.fixture
def ask(server, tmp_path):
    def call(*statements, verb="sql"):
        with CountingProxy(server) as proxy:
            done = ember(verb, *statements, folder=tmp_path, environment=aws_environment(proxy.url, tmp_path))
            assert done.returncode == 0, done.stderr
            return done.stdout, proxy
    return call


def test_only_the_columns_that_are_asked_for(ask):
    said, all_columns = ask("SELECT count(DISTINCT text), sum(id) FROM parquet.`s3://bucket/many/*`")
    said, one_column = ask("SELECT sum(id) AS s FROM parquet.`s3://bucket/many/*`")
    assert str(sum(range(FILES * ROWS))) in said
    assert one_column.bytes_down() < all_columns.bytes_down() / 10
    said, no_column = ask("SELECT count(*) AS n FROM parquet.`s3://bucket/many/*`")
    assert str(FILES * ROWS) in said
    assert no_column.bytes_down() < 200_000  # footers


def test_only_the_row_groups_that_can_match(ask):
    said, whole = ask("SELECT max(text) AS t, count(*) AS n FROM parquet.`s3://bucket/many/*`")
    said, some = ask("SELECT max(text) AS t, count(*) AS n FROM parquet.`s3://bucket/many/*` WHERE id < 1000")
    assert "1000" in said
    assert some.bytes_down() < whole.bytes_down() / FILES / 2  # one row group of the three of one file


def test_only_the_partitions_that_are_asked_for(ask):
    """Files of one job have one schema: those of other partitions are not even opened, but for the first."""
    said, proxy = ask("SELECT count(DISTINCT text) AS n FROM parquet.`s3://bucket/parts` WHERE day = 3")
    assert str(ROWS // 10) in said
    opened = {re.search("day(=|%3D)(.)", call.target).group(2) for call in proxy.calls
              if call.operation in ("Get", "Head") and "part-" in call.target}
    assert opened == {"0", "3"}
    assert sum(call.down for call in proxy.calls if re.search("day(=|%3D)0", call.target)) < 20_000  # its footer


def test_nothing_is_listed_twice(ask, tmp_path):
    (tmp_path / "p.yaml").write_text("""
inputs: {many: {format: parquet, path: "s3://bucket/many/*"}}
steps:
  sums: {from: many, do: [{group_by: {by: [day], aggregate: {total: sum(id)}}}, {order_by: [day]}]}
outputs: {sums: {path: sums}}
""")
    said, proxy = ask("--quiet", "p.yaml", verb="run")
    lists = [call.target for call in proxy.calls if call.operation == "List"]
    # Journals are looked at before the listing and after it: the folder's by name, those of the names in it in a list.
    assert sorted("prefix=many%2F.ember" in target for target in lists) == [False, True], lists
    heads = collections.Counter(call.target for call in proxy.calls if call.operation == "Head")
    assert heads.pop("/bucket/.ember-many.journal") == 2
    # Journals that the listing has shown, and size and ETag of each file: once.
    assert set(heads.values()) == {1} and len(heads) == 2 * FILES, heads
    # Nor any byte twice, footers included, which analysis has read before the scan.
    ranges = [(call.target, call.range) for call in proxy.calls if call.operation == "Get"]
    assert len(ranges) == len(set(ranges)), ranges


def test_a_file_that_is_another_is_read_anew(server, tmp_path):
    """What DuckDB keeps of files never outlives a change, not even where a footer alone is the answer."""
    environment = aws_environment(f"http://{server}", tmp_path)
    done = run_python(f"""
import glob, subprocess
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
for rows in (10, 20, 30):
    spark.range(rows).coalesce(1).write.mode("overwrite").parquet("file:{tmp_path}/out")
    file = glob.glob("{tmp_path}/out/part*.parquet")[0]
    subprocess.run(["{ember_binary()}", "s3", "copy", "--force", "-q", file, "s3://bucket/changing/data.parquet"], check=True)
    print("rows", spark.read.parquet("s3://bucket/changing").count(),
          spark.read.parquet("s3://bucket/changing").agg({{"id": "max"}}).collect()[0][0])
""", folder=tmp_path, environment=environment)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines() == ["rows 10 9", "rows 20 19", "rows 30 29"]
