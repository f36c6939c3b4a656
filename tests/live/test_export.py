"""The PySpark program that `ember export` makes of a pipeline leaves, on a real Spark, what `ember run` leaves; its
text is the one in tests/data/export, so that nobody changes it unseen."""
import collections
import gc
import os
import pathlib
import shutil
import subprocess
import sys

import pytest
from pyspark.sql import SparkSession

from test_programs import close_enough, plain, sort_key

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
DATA = ROOT / "tests/data/export"

gc.disable()

Case = collections.namedtuple("Case", "pipeline data text")
CASES = {
    "sp500": Case(ROOT / "examples/sp500/pipeline.yaml", [ROOT / "examples/sp500/data"], DATA / "sp500.py"),
    "operations": Case(DATA / "operations.yaml", [DATA / "bars.csv", DATA / "sectors.json"], DATA / "operations.py"),
}


@pytest.fixture(scope="module")
def spark(spark_url):
    session = SparkSession.builder.remote(spark_url).create()
    session.conf.set("spark.sql.session.timeZone", "UTC")
    yield session
    session.stop()


def project(case, folder):
    """The pipeline and its data in a folder of their own."""
    folder.mkdir()
    shutil.copy(case.pipeline, folder / "pipeline.yaml")
    for data in case.data:
        (folder / data.name).symlink_to(data)
    return folder


def export(folder):
    program = folder / "program.py"
    subprocess.run([BINARY, "export", str(folder / "pipeline.yaml"), "--pyspark", "-o", str(program)], check=True)
    return program


@pytest.mark.parametrize("name", CASES)
def test_text(name, tmp_path):
    case = CASES[name]
    folder = project(case, tmp_path / "project")
    text = export(folder).read_text().replace(str(folder), "/project")
    if os.environ.get("EMBER_UPDATE_TEXTS"):
        case.text.write_text(text)
    assert text == case.text.read_text()
    assert max(map(len, text.splitlines())) <= 100
    compile(text, case.text, "exec")


def contents(spark, folder):
    """Every output as its schema and its rows."""
    outputs = {}
    for output in sorted((folder / "out").iterdir()):
        suffixes = {file.name.split(".")[-1] for file in output.rglob("part-*")}
        assert len(suffixes) == 1 and (output / "_SUCCESS").exists(), output
        reader = spark.read.option("header", True) if suffixes == {"csv"} else spark.read
        frame = reader.format(*suffixes).load(str(output))
        rows = [tuple(row) for row in frame.collect()]
        outputs[output.name] = frame.schema, sorted(rows, key=sort_key)
    return outputs


@pytest.mark.parametrize("name", CASES)
def test_outputs(name, spark, tmp_path):
    own = project(CASES[name], tmp_path / "own")
    subprocess.run([BINARY, "run", "--quiet", str(own / "pipeline.yaml")], check=True)
    exported = project(CASES[name], tmp_path / "exported")
    program = export(exported)
    environment = {**os.environ, "SPARK_REMOTE": os.environ["EMBER_SPARK_URL"]}
    done = subprocess.run([sys.executable, str(program)], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "rejects of " in done.stdout
    outputs, wanted = contents(spark, exported), contents(spark, own)
    assert outputs.keys() == wanted.keys()
    for output, (schema, rows) in wanted.items():
        assert plain(outputs[output][0]) == plain(schema), output
        assert len(outputs[output][1]) == len(rows), output
        for row, own_row in zip(outputs[output][1], rows):
            # The file names of rejects are those of two folders.
            row = [str(c).replace(str(exported), str(own)) if isinstance(c, str) else c for c in row]
            assert close_enough(row, list(own_row)), f"{output}\nSpark {row}\nEmber {own_row}"


def test_the_folder_is_an_argument(spark, tmp_path):
    case = CASES["operations"]
    program = export(project(case, tmp_path / "project"))
    other = project(case, tmp_path / "other")
    environment = {**os.environ, "SPARK_REMOTE": os.environ["EMBER_SPARK_URL"]}
    subprocess.run([sys.executable, str(program), str(other)], env=environment, check=True, capture_output=True)
    assert (other / "out/selected/_SUCCESS").exists() and not (tmp_path / "project/out").exists()


def test_what_has_no_words_is_an_error(tmp_path):
    (tmp_path / "p.yaml").write_text("inputs: {a: {path: nothing.csv}}\noutputs: {a: {path: out}}\n")
    for arguments, code, words in (([], 2, "--pyspark"), (["--pyspark"], 1, "PATH_NOT_FOUND")):
        done = subprocess.run([BINARY, "export", str(tmp_path / "p.yaml"), *arguments], capture_output=True, text=True)
        assert done.returncode == code and words in done.stderr and not done.stdout
