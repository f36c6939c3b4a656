"""`ember diff`: what it finds, how it says it, and its exit codes."""
import json
import os
import shutil
import subprocess

import pytest

from conftest import ember_binary
from test_s3 import aws, endpoint  # noqa: F401: fixtures


def ember(*arguments, cwd=None):
    return subprocess.run([ember_binary(), *map(str, arguments)], cwd=cwd, capture_output=True, text=True, timeout=120)


def write(folder, query, options="", partition="", form="parquet"):
    """A folder as a writer leaves it."""
    partition = f"PARTITIONED BY ({partition})" if partition else ""
    options = f"OPTIONS ({options})" if options else ""
    done = ember("sql", f"CREATE TABLE t_{folder.name} USING {form} {options} {partition} LOCATION '{folder}' AS {query}", "--warehouse",
                 folder.parent / "warehouse")
    assert done.returncode == 0, done.stderr
    return folder


def diff(a, b, *arguments):
    done = ember("diff", a, b, *arguments)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done


def answer(a, b, *arguments):
    done = diff(a, b, "--json", *arguments)
    found = json.loads(done.stdout)
    assert found["equal"] == (done.returncode == 0)
    return found


PRICES = ("SELECT concat('T', id % 7) AS ticker, CAST(id DIV 7 AS INT) AS day, id * 1.5D AS close, "
          "CASE WHEN id % 5 = 0 THEN NULL ELSE id END AS volume FROM range(700)")


@pytest.fixture(scope="module")
def prices(tmp_path_factory):
    return write(tmp_path_factory.mktemp("prices") / "a", PRICES)


def test_equal(tmp_path, prices):
    other = write(tmp_path / "b", f"SELECT * FROM ({PRICES}) ORDER BY close DESC")
    found = answer(prices, other)
    assert found["equal"] and found["a"]["rows"] == found["b"]["rows"] == 700 and found["samples"] == []
    assert diff(prices, other).stdout.endswith("equal\n")
    assert diff(prices, other, "-q").stdout == ""
    assert answer(prices, other, "--key", "ticker,day")["equal"]
    (file,) = other.glob("part-*")
    assert diff(f"{file}", next(prices.glob("part-*"))).returncode == 0


def test_cells_with_keys(tmp_path, prices):
    other = write(tmp_path / "b", f"SELECT ticker, day, CASE WHEN ticker = 'T3' AND day IN (4, 9) THEN -1D ELSE close END AS "
                  f"close, CASE WHEN day = 9 AND ticker IN ('T3', 'T4') THEN NULL ELSE volume END AS volume FROM ({PRICES}) "
                  "WHERE NOT (ticker = 'T1' AND day = 8) UNION ALL SELECT 'NEW', 1, 2D, NULL")
    found = answer(prices, other, "--key", "ticker,day")
    assert found["rows"] == {"only_a": 1, "only_b": 1, "changed": 3, "cells": {"close": 2, "volume": 2}}
    samples = {(s["key"]["ticker"], s["key"]["day"]): s for s in found["samples"]}
    assert samples["NEW", "1"]["kind"] == "only_b" and samples["T1", "8"]["kind"] == "only_a"
    assert samples["T3", "4"]["cells"] == {"close": {"a": "46.5", "b": "-1.0"}}
    assert samples["T4", "9"]["cells"] == {"volume": {"a": "67", "b": None}}
    assert set(samples["T3", "9"]["cells"]) == {"close", "volume"}
    text = diff(prices, other, "-k", "ticker,day", "-n", "2").stdout
    assert "only in B: ticker=NEW day=1" in text and "  …\n" in text and "3 with other cells; close 2; volume 2" in text


def test_rows_without_keys(tmp_path):
    one = write(tmp_path / "a", "SELECT 1 AS x, 'a' AS y UNION ALL SELECT 1, 'a' UNION ALL SELECT NULL, 'b'")
    two = write(tmp_path / "b", "SELECT 1 AS x, 'a' AS y UNION ALL SELECT NULL, 'b' UNION ALL SELECT NULL, 'b'")
    found = answer(one, two)
    assert found["rows"] == {"only_a": 1, "only_b": 1, "changed": 0, "cells": {}}
    assert [(s["kind"], s["count"], s["key"]) for s in found["samples"]] == [
        ("only_b", 1, {"x": None, "y": "b"}), ("only_a", 1, {"x": "1", "y": "a"})]
    assert "--key COLUMNS" in diff(one, two).stdout
    # Nulls are not lost in the hashes of rows.
    three = write(tmp_path / "c", "SELECT 1 AS x, CAST(NULL AS INT) AS y")
    four = write(tmp_path / "d", "SELECT CAST(NULL AS INT) AS x, 1 AS y")
    assert not answer(three, four)["equal"]


def test_repeated_keys(tmp_path):
    one = write(tmp_path / "a", "SELECT id % 3 AS k, id AS v FROM range(9)")
    two = write(tmp_path / "b", "SELECT id % 3 AS k, CASE WHEN id = 8 THEN 80 ELSE id END AS v FROM range(9)")
    found = answer(one, two, "--key", "k")
    assert found["rows"]["changed"] == 1 and "more than one row" in found["notes"][0]
    assert found["samples"][0]["cells"] == {"v": {"a": "8", "b": "80"}}


def test_tolerance(tmp_path):
    one = write(tmp_path / "a", "SELECT id AS k, id * 1000D AS v, CAST('NaN' AS DOUBLE) AS n, double('Infinity') AS i FROM range(9)")
    two = write(tmp_path / "b", "SELECT id AS k, id * 1000D + 1e-7D AS v, CAST('NaN' AS DOUBLE) AS n, double('Infinity') AS i "
                "FROM range(9)")
    assert answer(one, two, "--key", "k")["rows"]["changed"] == 9
    assert answer(one, two, "--key", "k", "--tolerance", "1e-6")["equal"]
    assert answer(one, two, "--tolerance", "1e-6")["equal"]
    assert answer(one, two, "--key", "k", "--tolerance", "1e-8")["rows"]["changed"] == 1
    three = write(tmp_path / "c", "SELECT id AS k, id * 1000D AS v, CAST('NaN' AS DOUBLE) AS n, 5D AS i FROM range(9)")
    assert answer(one, three, "--key", "k", "--tolerance", "1e-6")["rows"]["cells"] == {"i": 9}


def test_schema(tmp_path):
    one = write(tmp_path / "a", "SELECT 1 AS x, 'a' AS y, 2 AS gone")
    two = write(tmp_path / "b", "SELECT 'a' AS y, 1L AS x")
    found = answer(one, two)
    assert {d["what"]: (d["a"], d["b"]) for d in found["schema"]} == {
        "column 'x'": ("x int", "x bigint"), "column 'gone'": ("gone int", "missing")}
    assert found["rows"]["only_a"] == 0  # 1 is 1 as text
    three = write(tmp_path / "c", "SELECT 'a' AS y, 1 AS x, 2 AS gone")
    assert answer(one, three)["schema"] == [{"what": "order of columns", "a": "x, y, gone", "b": "y, x, gone"}]
    other = write(tmp_path / "d", "SELECT 1 AS q")
    assert not answer(one, other)["equal"] and "no column in common" in diff(one, other).stdout


def test_layout(tmp_path):
    query = "SELECT id AS x, id % 3 AS p FROM range(9)"
    one = write(tmp_path / "a", query, partition="p")
    two = write(tmp_path / "b", query)
    found = answer(one, two)
    assert {d["what"]: (d["a"], d["b"]) for d in found["layout"]}["partition columns"] == ("p", "none")
    three = shutil.copytree(one, tmp_path / "c")
    os.remove(three / "_SUCCESS")
    shutil.rmtree(three / "p=2")
    found = answer(one, three)
    assert {d["what"]: (d["a"], d["b"]) for d in found["layout"]} == {
        "_SUCCESS": ("there", "missing"), "partition folders": ("p=2", "nothing more")}
    assert found["rows"]["only_a"] == 3
    four = write(tmp_path / "d", query, partition="p", options="compression 'zstd'")
    found = answer(one, four)
    assert [d["what"] for d in found["layout"]] == ["files end in"] and found["rows"]["only_a"] == 0


def test_other_formats_and_nested_values(tmp_path):
    query = "SELECT id AS x, array(id, NULL) AS l, map('k', id, 'j', 2L) AS m, named_struct('s', id) AS n FROM range(5)"
    one, two = write(tmp_path / "a", query), write(tmp_path / "b", query.replace("map('k', id, 'j', 2L)", "map('j', 2L, 'k', id)"))
    assert answer(one, two, "--key", "x")["equal"] and answer(one, two)["equal"]
    three = write(tmp_path / "c", query.replace("array(id, NULL)", "array(NULL, id)"))
    assert answer(one, three, "--key", "x")["rows"]["cells"] == {"l": 5}
    assert not answer(one, three)["equal"]
    (tmp_path / "one.csv").write_text("k,v\n1,a\n2,b;\n")
    (tmp_path / "two.csv").write_text("k,v\n2,b;\n1,x\n")
    assert answer(tmp_path / "one.csv", tmp_path / "two.csv", "--key", "k")["rows"]["cells"] == {"v": 1}
    (tmp_path / "three.json").write_text('{"k": 1, "v": "a"}\n{"k": 2, "v": "b;"}\n')
    found = answer(tmp_path / "one.csv", tmp_path / "three.json", "--option", "inferSchema=true")
    assert [d["what"] for d in found["layout"]] == ["format"] and found["rows"]["only_a"] == 0


def test_what_cannot_be_compared(tmp_path, prices):
    for arguments, text in (((prices, tmp_path / "none"), "PATH_NOT_FOUND"), ((prices, prices, "--key", "nope"), "--key nope"),
                            ((prices, prices, "--option", "x"), "KEY=VALUE"), ((prices, prices, "--tolerance", "-1"), "negative"),
                            ((prices,), "b is required")):
        done = ember("diff", *arguments)
        assert done.returncode == 2 and text in done.stderr, done.stderr
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "data.bin").write_text("x")
    done = ember("diff", prices, tmp_path / "odd")
    assert done.returncode == 2 and "--format" in done.stderr


def test_many_rows_in_little_memory(tmp_path):
    """Three rows of two million differ: only their parts are looked at."""
    query = "SELECT id AS k, id * 3 AS v, concat('name ', id % 1000) AS s FROM range(2000000)"
    one = write(tmp_path / "a", query)
    two = write(tmp_path / "b", f"SELECT k, CASE WHEN k IN (5, 77, 1999999) THEN -k ELSE v END AS v, s FROM ({query})")
    found = answer(one, two, "--key", "k", "--memory", "300MB")
    assert found["rows"]["changed"] == 3 and [s["key"]["k"] for s in found["samples"]] == ["5", "77", "1999999"]


def test_a_side_in_s3(endpoint, aws, prices, tmp_path):
    variables = {**os.environ, **aws}
    (tmp_path / "p.yaml").write_text(f"inputs: {{p: {{format: parquet, path: {prices}}}}}\n"
                                     "outputs: {p: {path: 's3://stock-data/diff'}}\n")
    copy = subprocess.run([ember_binary(), "run", "-q", str(tmp_path / "p.yaml")], env=variables, capture_output=True,
                          text=True, timeout=120)
    assert copy.returncode == 0, copy.stderr
    for arguments in ([], ["--key", "ticker,day"]):
        done = subprocess.run([ember_binary(), "diff", str(prices), "s3://stock-data/diff", *arguments], env=variables,
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
