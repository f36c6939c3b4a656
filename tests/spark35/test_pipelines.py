"""The same work by the engine of this process with --spark 3.5 and by a real Spark 3.5: equal outputs, equal errors;
what 3.5 lacks is said before it is asked."""
import json
import shutil
import subprocess
import sys

import pytest

from conftest import ROOT, ember, same, submit_environment, well
from mission import PROGRAM
from test_remote import EVERYTHING, PRICES


@pytest.fixture(scope="module")
def both(spark_url, tmp_path_factory):
    """Runs a pipeline by both, in folders of their own; gives the two."""
    def run(name, text, data):
        folders = []
        for engine, on in (("local", "local"), ("spark", spark_url)):
            folder = tmp_path_factory.mktemp(f"{name}-{engine}")
            (folder / "pipeline.yaml").write_text(text)
            (folder / "data").symlink_to(data)
            well("run", "--quiet", str(folder / "pipeline.yaml"), "--spark", "3.5", "--on", on)
            folders.append(folder)
        return folders
    return run


@pytest.fixture(scope="module")
def sp500(both):
    return both("sp500", (ROOT / "examples/sp500/pipeline.yaml").read_text(), ROOT / "examples/sp500/data")


@pytest.mark.parametrize("output, key", [("daily", "ticker,date"), ("yearly", "ticker,year"), ("yearly_csv", "ticker,year"),
                                         ("violations", ""), ("violation_counts", ""), ("rejects", "")])
def test_sp500(sp500, output, key):
    arguments = ["--key", key, "--tolerance", "1e-12"] if key else []
    if output.endswith("csv"):
        arguments += ["--option", "inferSchema=true"]
    same(sp500[0] / "out" / output, sp500[1] / "out" / output, *arguments)


@pytest.fixture(scope="module")
def everything(both, tmp_path_factory):
    data = tmp_path_factory.mktemp("everything-data")
    (data / "prices.csv").write_text(PRICES)
    (data / "names.csv").write_text("ticker,company\nA,Alpha\nD,Delta\n")
    return both("everything", EVERYTHING, data)


@pytest.mark.parametrize("output", ["known", "best", "all", "quality", "weekly"])
def test_everything(everything, output):
    same(everything[0] / "out" / output, everything[1] / "out" / output)


OPERATIONS = ROOT / "tests/data/export"


def project(folder):
    folder.mkdir()
    shutil.copy(OPERATIONS / "operations.yaml", folder / "pipeline.yaml")
    for name in ("bars.csv", "sectors.json"):
        (folder / name).symlink_to(OPERATIONS / name)
    return folder


@pytest.mark.parametrize("way", ["client", "spark-submit"])
def test_operations(way, spark_url, spark_home, tmp_path):
    """Through our client, and as the program that `ember export` makes of the pipeline."""
    own, other = project(tmp_path / "own"), project(tmp_path / "other")
    for folder in (own, other):
        text = (folder / "pipeline.yaml").read_text()
        assert text.count("\nspark:\n") == 1
        text = text.replace("\nspark:\n", "\nspark:\n  version: 3.5\n")
        # Its name without an alias is another one in 3.5.
        (folder / "pipeline.yaml").write_text(text.replace("- close between 100 and 200", "- close between 100 and 200 as mid"))
    well("run", "--quiet", str(own / "pipeline.yaml"))
    if way == "client":
        well("run", "--quiet", str(other / "pipeline.yaml"), "--on", spark_url)
    else:
        well("export", str(other / "pipeline.yaml"), "--pyspark", "-o", str(other / "program.py"))
        assert '"spark.sql.ansi.enabled", "false"' in (other / "program.py").read_text()
        submit(spark_home, other / "program.py")
    outputs = sorted(path.name for path in (own / "out").iterdir())
    assert outputs == sorted(path.name for path in (other / "out").iterdir()) and len(outputs) > 5
    for name in outputs:
        if name != "rejects":  # the file's folder is in its rows
            same(own / "out" / name, other / "out" / name, "--tolerance", "1e-12")


def submit(spark_home, program):
    command = [str(spark_home / "bin/spark-submit"), "--master", "local[1]", "--driver-memory", "1g", "--conf",
               "spark.ui.enabled=false", "--conf", "spark.driver.host=127.0.0.1", "--conf",
               "spark.driver.bindAddress=127.0.0.1", "--conf", "spark.sql.shuffle.partitions=1", str(program)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, env=submit_environment(spark_home))
    assert done.returncode == 0, done.stderr[-3000:]


def test_mission(spark_url, tmp_path):
    """The mission's program, verbatim: PySpark 3.5 and Ember, PySpark 3.5 and Spark 3.5."""
    well("sql", "CREATE TABLE t USING parquet LOCATION 'in' AS SELECT concat('T', id % 7) AS ticker, "
         "date_add(DATE'2020-01-01', CAST(id % 50 AS INT)) AS date, CAST(id % 13 AS DOUBLE) AS close_price, id AS volume "
         "FROM range(10000)", cwd=tmp_path)
    for name, flags in (("own", ["--spark", "3.5"]), ("spark", ["--on", spark_url])):
        program = tmp_path / f"{name}.py"
        program.write_text(PROGRAM.format(source=tmp_path / "in", target=tmp_path / name))
        well("python", "--python", sys.executable, *flags, str(program), cwd=tmp_path)
    same(tmp_path / "own", tmp_path / "spark")


def answers(statement, spark_url):
    done = [ember("sql", statement, "--spark", "3.5", "--format", "json", "--on", on) for on in ("local", spark_url)]
    return [(one.stdout, one.returncode, one.stderr.split("]")[0]) for one in done]


@pytest.mark.parametrize("statement", [
    "SELECT 1 / 0 AS a, CAST('x' AS INT) AS b, CAST(300 AS TINYINT) AS c, 2147483647 + 1 AS d, element_at(array(1), 3) AS e",
    "SELECT nope FROM range(3)", "SELEC 1", "SELECT * FROM parquet.`/no/such/folder`", "SELECT array(1)[5] AS a",
    "SELECT to_date('2024-02-30') AS a, date'2024-01-31' + interval 1 month AS b",
    "SET spark.sql.ansi.enabled; SET spark.sql.legacy.timeParserPolicy"])
def test_answers_are_the_same(statement, spark_url):
    own, real = answers(statement, spark_url)
    assert own == real


def test_the_session_is_told(spark_url):
    done = well("sql", "SELECT current_timezone() AS z", "--on", spark_url, "-v", TZ="Europe/Rome")
    assert "Spark 3.5.6" in done.stderr and "ANSI mode on, time zone Europe/Rome" in done.stderr
    done = well("sql", "SET spark.sql.ansi.enabled", "--on", spark_url, "--spark", "3.5", "--format", "json")
    assert json.loads(done.stdout)["value"] == "false"


def test_versions_that_are_not_there(spark_url):
    for on in ("local", spark_url):
        done = ember("sql", "SELECT 1", "--spark", "3.4", "--on", on)
        assert done.returncode == 2 and "take 3.5 or 4.0" in done.stderr


def test_row_counts_are_unknown(spark_url, tmp_path):
    (tmp_path / "p.yaml").write_text("inputs: {}\nsteps: {s: {do: [sql: SELECT 1 AS a]}}\noutputs: {s: {path: o}}\n")
    stage, = json.loads(well("run", str(tmp_path / "p.yaml"), "--json", "--on", spark_url).stdout)["stages"]
    assert stage["rows"] is None
