"""ember compact: few files of many, the same rows, and what it refuses."""
import json
import pathlib
import signal
import subprocess
import time

import pyarrow.parquet
import pytest

from conftest import ember_binary
from s3_server import aws_environment, s3_server

SCHEMA_KEY = b"org.apache.spark.sql.parquet.row.metadata"


def ember(*arguments, folder, environment=None, code=0):
    done = subprocess.run([ember_binary(), *map(str, arguments)], cwd=folder, env=environment, text=True,
                          capture_output=True, timeout=300)
    assert done.returncode == code, done.stdout[-1000:] + done.stderr[-2000:]
    return done.stdout if code == 0 else done.stderr


def compact(folder, path, *arguments, environment=None):
    return json.loads(ember("compact", path, "--json", *arguments, folder=folder, environment=environment))


def prices(first, last, more=""):
    return (f"SELECT id, concat('T', id % 3) AS ticker, CAST(2020 + id % 2 AS INT) AS year, "
            f"DATE'2024-01-01' AS day, TIMESTAMP'2024-01-01 10:00:00' AS at, CAST(id AS DECIMAL(9, 2)) AS price{more} "
            f"FROM range({first}, {last})")


@pytest.fixture
def daily(tmp_path):
    """A table of two partitions with seven files each."""
    statements = "CREATE TABLE t (id BIGINT, ticker STRING, day DATE, at TIMESTAMP, price DECIMAL(9, 2), year INT) " \
                 "USING parquet PARTITIONED BY (year) LOCATION 'daily';"
    for i in range(7):
        statements += f" INSERT INTO t BY NAME {prices(i * 100, i * 100 + 100)};"
    (tmp_path / "daily.sql").write_text(statements)
    ember("sql", "-f", "daily.sql", folder=tmp_path)
    assert len(files(tmp_path / "daily")) == 14
    return tmp_path


def files(folder):
    return sorted(p for p in pathlib.Path(folder).rglob("*.parquet"))


def rows(folder, path="daily", environment=None):
    return ember("sql", f"SELECT count(*), sum(hash(*)), max(year), min(at) FROM parquet.`{path}`", "--format", "json",
                 folder=folder, environment=environment)


def test_few_files_of_many(daily):
    before, footer = rows(daily), pyarrow.parquet.read_metadata(files(daily / "daily")[0]).metadata[SCHEMA_KEY]
    planned = compact(daily, "daily", "--dry-run")
    assert planned["files_before"] == 14 and planned["files_after"] == 2 and len(files(daily / "daily")) == 14
    done = compact(daily, "daily")
    assert done["files_before"] == 14 and done["files_after"] == 2 and done["rows"] == 700
    assert [p.parent.name for p in files(daily / "daily")] == ["year=2020", "year=2021"]
    assert rows(daily) == before
    after = pyarrow.parquet.read_table(files(daily / "daily")[0])
    assert after.schema.metadata[SCHEMA_KEY] == footer
    assert after.column("id").to_pylist() != [] and after.num_rows == 350
    assert compact(daily, "daily")["folders"] == []  # nothing left to do
    assert not [p for p in (daily / "daily").rglob("*") if p.name.startswith(".")]


def test_one_partition_and_the_words_for_it(daily):
    done = compact(daily, "daily", "--partition", "year=2021")
    assert [entry["path"] for entry in done["folders"]] == ["daily/year=2021"]
    assert len(files(daily / "daily")) == 8
    text = ember("compact", "daily", folder=daily)
    assert "daily/year=2020: 7 files → 1" in text and "Compacted: 1 of 2 folders, 7 files → 1;" in text


def test_target_size_is_kept_to(tmp_path):
    (tmp_path / "big.sql").write_text(" ".join(
        f"INSERT INTO t SELECT id, uuid() AS u FROM range({i}0000, {i + 1}0000);" for i in range(8)))
    ember("sql", "CREATE TABLE t (id BIGINT, u STRING) USING parquet LOCATION 'big'", folder=tmp_path)
    ember("sql", "-f", "big.sql", folder=tmp_path)
    done = compact(tmp_path, "big", "--target-size", "700kB")
    sizes = [p.stat().st_size for p in files(tmp_path / "big")]
    assert done["files_after"] == len(sizes) > 1 and done["rows"] == 80000
    assert max(sizes) <= 1.25 * 700_000 and min(sizes[:-1]) >= 350_000
    ids = [i for p in files(tmp_path / "big") for i in pyarrow.parquet.read_table(p).column("id").to_pylist()]
    assert sorted(ids) == list(range(80000))


def test_order_of_rows_stays(tmp_path):
    for name, first in (("part-00000-b.parquet", 50), ("part-00001-a.parquet", 0)):
        (tmp_path / "o").mkdir(exist_ok=True)
        pyarrow.parquet.write_table(pyarrow.table({"id": list(range(first + 49, first - 1, -1))}),
                                    tmp_path / "o" / name)
    compact(tmp_path, "o")
    [one] = files(tmp_path / "o")
    assert pyarrow.parquet.read_table(one).column("id").to_pylist() == [*range(99, 49, -1), *range(49, -1, -1)]


def test_lines_are_joined(tmp_path):
    for i in range(3):
        for name, text in (("c", f'a,b\n{i},"x\ny"\n'), ("j", '{"a":%d}' % i), ("t", f"line {i}\n")):
            (tmp_path / name).mkdir(exist_ok=True)
            suffix = {"c": "csv", "j": "json", "t": "txt"}[name]
            (tmp_path / name / f"part-0000{i}-x.{suffix}").write_text(text)
    assert "--header" in ember("compact", "c", folder=tmp_path, code=2)
    assert compact(tmp_path, "c", "--header", "true")["files_after"] == 1
    assert (tmp_path / "c/part-00000-x.csv").read_text() == 'a,b\n0,"x\ny"\n1,"x\ny"\n2,"x\ny"\n'
    assert compact(tmp_path, "j")["files_after"] == compact(tmp_path, "t")["files_after"] == 1
    assert (tmp_path / "j/part-00000-x.json").read_text() == '{"a":0}\n{"a":1}\n{"a":2}\n'
    assert (tmp_path / "t/part-00000-x.txt").read_text() == "line 0\nline 1\nline 2\n"


def test_what_is_refused_stays_as_it_is(tmp_path):
    def table(path, **columns):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        pyarrow.parquet.write_table(pyarrow.table(columns), tmp_path / path)

    for i in range(2):
        table(f"mixed/{i}.parquet", a=[1], **({"b": ["x"]} if i else {}))
        table(f"deep/{i}.parquet", a=[1])
        table(f"deep/year=1/{i}.parquet", a=[1])
        table(f"delta/{i}.parquet", a=[1])
        table(f"buckets/part-00000-u_0000{i}.c000.parquet", a=[1])
        table(f"kinds/{i}.parquet", a=[1])
    (tmp_path / "delta/_delta_log").mkdir()
    (tmp_path / "kinds/x.csv").write_text("1\n")
    (tmp_path / "jsons").mkdir()
    for i in range(2):
        (tmp_path / f"jsons/{i}.json").write_text('{\n "a": 1\n}\n')
    before = sorted(map(str, tmp_path.rglob("*")))
    for path, said, code in (("mixed", "differ in their columns", 2), ("deep", "folders with files", 2),
                             ("delta", "Delta", 2), ("buckets", "buckets", 1), ("kinds", "one format", 2),
                             ("jsons", "one JSON object a line", 2), ("nothing", "does not exist", 1),
                             ("mixed/0.parquet", "name the folder", 2)):
        assert said in ember("compact", path, folder=tmp_path, code=code), path
    assert "128MB" in ember("compact", "mixed", "--target-size", "much", folder=tmp_path, code=2)
    assert sorted(map(str, tmp_path.rglob("*"))) == before


def test_a_kill_leaves_the_old_or_the_new(daily):
    before = rows(daily)
    for delay in (0.02, 0.05, 0.1, 0.2, 0.3, 0.4):
        process = subprocess.Popen([ember_binary(), "compact", "daily", "--target-size", "1kB", "-q"], cwd=daily)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert rows(daily) == before


def test_in_s3(daily, tmp_path_factory):
    root = tmp_path_factory.mktemp("s3")
    with s3_server(root, "stock-data") as address:
        environment = aws_environment(f"http://{address}", daily)
        ember("s3", "put", "daily/", "s3://stock-data/daily", folder=daily, environment=environment)
        before = rows(daily, "s3://stock-data/daily", environment)
        assert before == rows(daily)
        done = compact(daily, "s3://stock-data/daily", environment=environment)
        assert done["files_before"] == 14 and done["files_after"] == 2
        assert rows(daily, "s3://stock-data/daily", environment) == before
        assert len(files(root / "data/stock-data/daily")) == 2


def test_a_pipeline_compacts_what_it_has_written(tmp_path):
    (tmp_path / "prices.csv").write_text("ticker,close\nA,1.5\nB,2.5\n")
    (tmp_path / "p.yaml").write_text("""
inputs: {prices: {path: prices.csv, columns: {ticker: string, close: double}}}
outputs:
  log: {from: prices, path: log, mode: append, partition_by: [ticker], compact: true}
  lines: {from: prices, path: lines, mode: append, format: csv, options: {header: "true"}, compact: true}
""")
    for number in range(1, 4):
        done = subprocess.run([ember_binary(), "run", "p.yaml", "--json"], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        stages = {(stage["kind"], stage["name"]): stage for stage in json.loads(done.stdout)["stages"]}
        assert stages["output", "log"]["rows"] == 2
        compacted = stages["compact", "log"]
        assert (compacted["rows"], compacted["files"]) == ((0, 0) if number == 1 else (2 * number, 2))
        assert [len(list((tmp_path / "log" / f"ticker={t}").glob("part-*"))) for t in "AB"] == [1, 1]
        lines = "".join(path.read_text() for path in (tmp_path / "lines").glob("part-*"))
        assert lines == "ticker,close\n" + "A,1.5\nB,2.5\n" * number
    done = subprocess.run([ember_binary(), "export", "p.yaml", "--pyspark"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and "ember compact" in done.stderr
