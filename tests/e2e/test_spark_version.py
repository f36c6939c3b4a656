"""`--spark 3.5`: every session begins with the defaults of Spark 3.5, and a program may change them."""
import subprocess

from conftest import close, connect, ember_binary, run_python, serving

PROGRAM = """
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
key = "spark.sql.ansi.enabled"
print(spark.conf.get(key), spark.sql("SELECT 1 / 0 AS a").first().a, spark.conf.get("spark.sql.legacy.timeParserPolicy"))
spark.conf.set(key, "true")
print(spark.conf.get(key))
spark.conf.unset(key)
print(spark.conf.get(key))
"""


def test_a_program(tmp_path):
    done = run_python(PROGRAM, folder=tmp_path, options=("--spark", "3.5"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n") == ["false None EXCEPTION", "true", "false", ""]


def test_a_server(tmp_path):
    with serving(tmp_path, "--spark", "3.5.6") as (_, address):
        session = connect(address)
        assert session.sql("SELECT CAST('x' AS INT) AS a").first().a is None
        close(session)


def test_a_pipeline(tmp_path):
    text = "{version}inputs: {{}}\nsteps: {{s: {{do: [sql: SELECT 1 / 0 AS a]}}}}\noutputs: {{s: {{path: o}}}}\n"
    for version, flags, code in (("", [], 1), ("", ["--spark", "3.5"], 0), ("spark: {version: 3.5}\n", [], 0),
                                 ("spark: {version: 3.5}\n", ["--spark", "4.0"], 1), ("spark: {version: 2.4}\n", [], 2)):
        (tmp_path / "p.yaml").write_text(text.format(version=version))
        done = subprocess.run([ember_binary(), "run", "-q", *flags, "p.yaml"], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == code, (version, flags, done.stderr)
        assert ("DIVIDE_BY_ZERO" in done.stderr) == (code == 1)
