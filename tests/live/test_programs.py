"""Every program of programs.py gives the same schema and rows on Ember and on a real Spark, and the same errors."""
import gc
import math
import os
import pathlib
import signal
import subprocess

import pytest
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

import analyst_programs  # noqa: F401: adds its programs
import more_programs  # noqa: F401
from programs import PROGRAMS

ROOT = pathlib.Path(__file__).resolve().parents[2]

# As in tests/e2e/conftest.py: PySpark's sessions must not be collected inside a call.
gc.disable()


@pytest.fixture(scope="module")
def ember(tmp_path_factory):
    binary = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
    process = subprocess.Popen([binary, "serve", "--port", "0"], cwd=tmp_path_factory.mktemp("ember"),
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    yield process.stdout.readline().strip()
    process.send_signal(signal.SIGTERM)
    process.wait(20)


def answer(url, name, folder):
    build, _, ansi = PROGRAMS[name]
    session = SparkSession.builder.remote(url).create()
    try:
        session.conf.set("spark.sql.ansi.enabled", str(ansi).lower())
        session.conf.set("spark.sql.session.timeZone", "America/New_York")
        try:
            frame = build(session, str(folder))
            return frame.schema, [tuple(row) for row in frame.collect()]
        except PySparkException as error:
            return (error.getCondition(), error.getSqlState()), str(error)[:300]
    finally:
        session.stop()


def plain(schema):
    """The schema without Spark's notes to itself."""
    def clean(value):
        if isinstance(value, dict):
            return {k: clean(v) for k, v in value.items() if k != "metadata"}
        return [clean(v) for v in value] if isinstance(value, list) else value
    return clean(schema.jsonValue()) if hasattr(schema, "jsonValue") else schema


def close_enough(a, b):
    """Sums of doubles depend on the order of addition: twelve digits must agree."""
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-12) or (math.isnan(a) and math.isnan(b))
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(map(close_enough, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(close_enough(a[k], b[k]) for k in a)
    return a == b and type(a) is type(b)


def sort_key(row):
    return [repr(round(v, 6)) if isinstance(v, float) else repr(v) for v in row]


@pytest.mark.parametrize("name", sorted(PROGRAMS))
def test_program(name, ember, spark_url, tmp_path):
    schema, rows = answer(spark_url, name, tmp_path / "spark")
    own_schema, own_rows = answer(ember, name, tmp_path / "ember")
    assert plain(own_schema) == plain(schema), own_rows if isinstance(own_rows, str) else ""
    if isinstance(rows, str):
        return
    if not PROGRAMS[name][1]:
        rows, own_rows = sorted(rows, key=sort_key), sorted(own_rows, key=sort_key)
    assert len(own_rows) == len(rows)
    for own, expected in zip(own_rows, rows):
        assert close_enough(own, expected), f"Ember {own}\nSpark {expected}"
