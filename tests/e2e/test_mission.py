"""The mission's program, word for word but for its two paths: by `ember python` and against `ember serve`."""
import os
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from conftest import close, connect, run_python
from mission import PROGRAM


def make_stock_data(folder):
    folder.mkdir()
    table = pa.table({
        "ticker": ["A", "A", "B", "B", "A", None],
        "date": pa.array([19000, 19000, 19000, 19001, 19001, 18999], pa.int32()).cast(pa.date32()),
        "close_price": [1.0, 2.0, 10.0, None, 4.0, 7.5],
        "volume": pa.array([5, 7, 1, 2, 3, None], pa.int64()),
    })
    pq.write_table(table, folder / "part-0.parquet")


def expected_rows():
    from datetime import date, timedelta
    day = date(1970, 1, 1) + timedelta(days=19000)
    return sorted([
        (None, day - timedelta(days=1), 7.5, None),
        ("A", day, 1.5, 7), ("B", day, 10.0, 1),
        ("A", day + timedelta(days=1), 4.0, 3), ("B", day + timedelta(days=1), None, 2),
    ], key=str)


def check_output(spark, target):
    files = sorted(p.name for p in target.iterdir() if not p.name.startswith("."))
    assert "_SUCCESS" in files
    parts = [name for name in files if name != "_SUCCESS"]
    assert parts and all(name.startswith("part-") and name.endswith(".snappy.parquet") for name in parts)
    table = pa.concat_tables(pq.read_table(target / name, partitioning=None) for name in parts)
    assert table.column_names == ["ticker", "date", "avg_price", "max_volume"]
    dates = table["date"].to_pylist()
    assert dates == sorted(dates)
    rows = [tuple(row.values()) for row in table.to_pylist()]
    assert sorted(rows, key=str) == expected_rows()
    back = spark.read.parquet(str(target))
    assert back.schema.simpleString() == "struct<ticker:string,date:date,avg_price:double,max_volume:bigint>"
    assert sorted((tuple(row) for row in back.collect()), key=str) == expected_rows()


def test_by_ember_python(tmp_path, spark):
    make_stock_data(tmp_path / "in")
    done = run_python(PROGRAM.format(source=tmp_path / "in", target=tmp_path / "out"), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    check_output(spark, tmp_path / "out")


def test_relative_paths_are_the_programs(tmp_path, spark):
    make_stock_data(tmp_path / "in")
    done = run_python(PROGRAM.format(source="in", target="out"), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    check_output(spark, tmp_path / "out")


def test_against_a_server_through_spark_remote(tmp_path, address, spark):
    make_stock_data(tmp_path / "in")
    program = tmp_path / "job.py"
    program.write_text(PROGRAM.format(source=tmp_path / "in", target=tmp_path / "out"))
    environment = dict(os.environ, SPARK_REMOTE=address)
    done = subprocess.run([sys.executable, str(program)], env=environment, capture_output=True, text=True,
                          timeout=120)
    assert done.returncode == 0, done.stderr
    check_output(spark, tmp_path / "out")


def test_without_the_secret_nothing_is_answered(address):
    plain = address.split("/;")[0]
    for secret in ("", "/;x-ember-secret=wrong"):
        session = None
        with pytest.raises(Exception, match="secret"):
            session = connect(plain + secret)
            session.range(1).collect()
        if session is not None:
            session.release_session_on_close = False
            close(session)
