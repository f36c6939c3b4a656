"""The same work on the engine of this process and on a real Spark by `--on`: equal outputs, equal errors, no work done
twice over a connection that breaks, and an end to work that is interrupted."""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
URL = os.environ.get("EMBER_SPARK_URL")
VERSION = os.environ.get("EMBER_SPARK_VERSION", "4.0.2")
COUNTS_ROWS = not VERSION.startswith("3.5")  # that gives the client of a write no metrics
pytestmark = pytest.mark.usefixtures("spark_url")


def ember(*arguments, cwd=None, timeout=300, **environment):
    return subprocess.run([BINARY, *arguments], cwd=cwd, capture_output=True, text=True, timeout=timeout,
                          env={**os.environ, "TZ": "UTC", **environment})


def well(*arguments, **options):
    done = ember(*arguments, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def both(pipeline, *arguments):
    """Runs it on both engines, in folders of their own; gives the two."""
    folders = []
    for name, on in (("local", "local"), ("spark", URL)):
        folder = pipeline.parent / name
        folder.mkdir()
        shutil.copy(pipeline, folder / "pipeline.yaml")
        if (pipeline.parent / "data").exists():
            (folder / "data").symlink_to((pipeline.parent / "data").resolve())
        folders.append(folder)
        done = well("run", str(folder / "pipeline.yaml"), "--on", on, "--json", *arguments)
        (folder / "summary.json").write_text(done.stdout)
    return folders


def same(one, other, *arguments):
    done = ember("diff", str(one), str(other), *arguments)
    assert done.returncode == 0, done.stdout + done.stderr


def rows_of(folder):
    return {stage["name"] + stage["kind"]: stage["rows"] for stage in
            json.loads((folder / "summary.json").read_text())["stages"]}


@pytest.fixture(scope="module")
def sp500(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sp500")
    shutil.copy(ROOT / "examples/sp500/pipeline.yaml", folder)
    (folder / "data").symlink_to(ROOT / "examples/sp500/data")
    return both(folder / "pipeline.yaml")


@pytest.mark.parametrize("output, arguments", [
    ("daily", ["--key", "ticker,date", "--tolerance", "1e-12"]), ("yearly", ["--key", "ticker,year", "--tolerance", "1e-12"]),
    ("yearly_csv", ["--key", "ticker,year", "--tolerance", "1e-12", "--option", "inferSchema=true"]),
    ("violations", []), ("violation_counts", []), ("rejects", [])])
def test_sp500(sp500, output, arguments):
    same(sp500[0] / "out" / output, sp500[1] / "out" / output, *arguments)


def test_sp500_counts_its_rows(sp500):
    local, spark = map(rows_of, sp500)
    assert spark == (local if COUNTS_ROWS else dict.fromkeys(local))
    assert local["dailyoutput"] > 600_000


SEED = """
inputs: {stock: {format: parquet, path: stock-data}}
steps:
  result:
    from: stock
    do:
      - group_by: {by: [ticker, date], aggregate: {avg_price: avg(close_price), max_volume: max(volume)}}
      - order_by: [date]
outputs: {result: {path: processed}}
"""


def test_seed_job(tmp_path):
    well("sql", "CREATE TABLE t USING parquet LOCATION 'stock-data' AS SELECT concat('T', id % 7) AS ticker, "
         "date_add(DATE'2020-01-01', CAST(id % 50 AS INT)) AS date, CAST(id % 13 AS DOUBLE) AS close_price, id AS volume "
         "FROM range(10000)", cwd=tmp_path)
    for name, on in (("local", "local"), ("spark", URL)):
        (tmp_path / "p.yaml").write_text(SEED.replace("processed", f"processed-{name}"))
        well("run", str(tmp_path / "p.yaml"), "--on", on)
    same(tmp_path / "processed-local", tmp_path / "processed-spark")


# What a pipeline can do: rejects, every operation, SQL over other steps at several depths, quality, partitions, modes.
EVERYTHING = """
inputs:
  prices:
    path: data/prices.csv
    columns:
      ticker: {from: Name, type: string, required: true}
      date: {type: date, format: dd.MM.yyyy}
      close: double
      volume: bigint
    rejects: out/rejects
  names: {path: data/names.csv}
steps:
  known:
    from: prices
    do:
      - filter: volume > 0
      - with_columns: {year: year(date), twice: "year * 2"}
      - rename: {volume: shares}
      - drop: [twice]
      - join: {with: names, on: [ticker], how: left, broadcast: true}
  ranked:
    from: known
    do:
      - sql: "SELECT *, row_number() OVER (PARTITION BY ticker ORDER BY close DESC, date) AS place FROM input"
  best:
    from: ranked
    do:
      - sql: |
          WITH one AS (SELECT * FROM input WHERE place = 1)
          SELECT one.ticker, one.close, count(known.date) AS days, max(known.shares) AS most
          FROM one JOIN known ON known.ticker = one.ticker GROUP BY ALL HAVING count(1) > 0 -- all of them
  all:
    from: known
    do:
      - select: [ticker, date, close, shares, year]
      - union: [extra]
      - drop_duplicates: [ticker, date]
      - order_by: [ticker, date desc nulls last]
      - repartition: 1
  extra:
    do:
      - sql: "SELECT ticker, date, close, shares, year FROM known WHERE close > 15"
  quality:
    from: prices
    do:
      - with_columns: {open: close, high: close - 1, low: close}
      - check_quality: {}
  weekly:
    from: known
    do:
      - group_by: {by: [ticker, "weekofyear(date)"], aggregate: {low: min(close), seen: "collect_set(year)"}}
outputs:
  known: {path: out/known, partition_by: [year, ticker], mode: overwrite}
  best: {path: out/best, format: json}
  all: {path: out/all, format: csv, options: {header: true, compression: gzip}}
  quality: {path: out/quality}
  weekly: {path: out/weekly, mode: append}
"""

PRICES = """Name,date,close,volume
A,01.02.2020,10.5,100
A,02.02.2020,11.5,200
B,31.12.2019,20.25,5
B,x,21,6
C b/ä,03.02.2020,abc,7
,03.02.2020,1,7
D,04.02.2020,,9
A,02.02.2020,11.5,200
E,05.02.2020,3,0
F,06.02.2020,3,4,5
G h/ä,05.03.2020,1.5,8
"""


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    folder = tmp_path_factory.mktemp("everything")
    (folder / "data").mkdir()
    (folder / "data/prices.csv").write_text(PRICES)
    (folder / "data/names.csv").write_text("ticker,company\nA,Alpha\nD,Delta\n")
    (folder / "pipeline.yaml").write_text(EVERYTHING)
    return both(folder / "pipeline.yaml")


@pytest.mark.parametrize("output", ["known", "best", "all", "quality", "weekly"])
def test_everything(everything, output):
    same(everything[0] / "out" / output, everything[1] / "out" / output)


def test_rejects(everything):
    """But for the folder, which is in the rows."""
    texts = []
    for folder in everything:
        lines = [line for part in sorted((folder / "out/rejects").glob("part-*")) for line in part.read_text().splitlines()]
        texts.append(sorted(line.replace(f"/{folder.name}/", "/x/") for line in lines))
    assert texts[0] == texts[1] and len(texts[0]) > 4


def test_everything_counts_its_rows(everything):
    local, spark = map(rows_of, everything)
    assert spark == (local if COUNTS_ROWS else dict.fromkeys(local))


def test_modes(tmp_path):
    """append adds, ignore leaves, error refuses: the same on both engines, and said by the same condition."""
    for mode, expected in (("append", 6), ("ignore", 3), ("overwrite", 3), ("error", None)):
        for name, on in (("local", "local"), ("spark", URL)):
            out = tmp_path / f"{mode}-{name}"
            text = f"inputs: {{}}\nsteps: {{s: {{do: [sql: SELECT id FROM range(3)]}}}}\noutputs: {{s: {{path: {out}, mode: {mode}}}}}\n"
            (tmp_path / "p.yaml").write_text(text)
            well("run", str(tmp_path / "p.yaml"), "--on", on)
            again = ember("run", str(tmp_path / "p.yaml"), "--on", on)
            if expected is None:
                assert again.returncode == 1 and "PATH_ALREADY_EXISTS" in again.stderr
                assert "output 's'" in again.stderr
                continue
            assert again.returncode == 0, again.stderr
            answer = well("sql", f"SELECT count(*) AS n FROM parquet.`{out}`", "--format", "json").stdout
            assert int(json.loads(answer)["n"]) == expected


JOINED = """
spark: {{spark.sql.autoBroadcastJoinThreshold: -1}}
inputs: {{}}
steps:
  names: {{do: [sql: SELECT id AS key FROM range(7)]}}
  joined: {{do: [sql: SELECT id AS key FROM range(1000), join: {{with: names, on: [key], broadcast: {broadcast}}}]}}
outputs: {{joined: {{path: o}}}}
"""


def test_a_broadcast_is_in_the_plan_of_both_engines(tmp_path):
    plans = {}
    for broadcast in ("true", "false"):
        (tmp_path / "p.yaml").write_text(JOINED.format(broadcast=broadcast))
        for name, on in (("local", "local"), ("spark", URL)):
            done = well("run", str(tmp_path / "p.yaml"), "--explain", "-v", "--on", on)
            plans[broadcast, name] = done.stdout
            says_so = "broadcast of 'names': without a meaning" in done.stderr
            assert says_so == (broadcast == "true" and name == "local")
    assert not (tmp_path / "o").exists()
    assert "BroadcastHashJoin" in plans["true", "spark"] and "BroadcastHashJoin" not in plans["false", "spark"]
    assert "broadcast join" in plans["true", "local"] and "broadcast join" not in plans["false", "local"]


def test_files_and_bytes_of_a_remote_write(tmp_path):
    (tmp_path / "p.yaml").write_text("inputs: {}\nsteps: {s: {do: [sql: 'SELECT id, id % 3 AS k FROM range(9)']}}\n"
                                     "outputs: {s: {path: o, mode: append, partition_by: [k]}}\n")
    for run in (1, 2):  # what was there before does not count
        stage = json.loads(well("run", str(tmp_path / "p.yaml"), "--json", "--on", URL).stdout)["stages"][0]
        found = list((tmp_path / "o").rglob("part-*.parquet"))
        assert stage["files"] * run == len(found) and stage["bytes"] * run == sum(f.stat().st_size for f in found)


def test_sql_goes_as_text():
    text = "SELECT java_method('java.lang.Math', 'abs', -3) AS j, current_timezone() AS z"
    done = well("sql", text, "--on", URL, "--format", "json", "-v", TZ="Europe/Rome")
    assert json.loads(done.stdout) == {"j": "3", "z": "Europe/Rome"}
    assert f"goes, as it is written, to Spark {VERSION}" in done.stderr
    both_engines = [well("sql", "SELECT id, id / 2 AS half FROM range(3); SELECT 'é' AS e", "--on", on).stdout
                    for on in ("local", URL)]
    assert both_engines[0] == both_engines[1]


@pytest.mark.parametrize("statement", ["SELECT nope FROM range(3)", "SELECT 1 / 0", "SELEC 1",
                                       "SELECT * FROM parquet.`/no/such/folder`", "SELECT CAST('x' AS INT)"])
def test_errors_are_the_same(statement):
    own, real = (ember("sql", statement, "--on", on) for on in ("local", URL))
    assert own.returncode == real.returncode == 1
    assert own.stderr.split("]")[0] == real.stderr.split("]")[0]


def test_errors_of_a_pipeline_have_their_place(tmp_path):
    (tmp_path / "p.yaml").write_text("inputs: {}\nsteps:\n  s:\n    do:\n      - sql: SELECT nope FROM range(3)\noutputs: {s: {path: o}}\n")
    for on in ("local", URL):
        done = ember("run", str(tmp_path / "p.yaml"), "--on", on)
        assert done.returncode == 1 and "p.yaml:5: sql of 'steps.s'" in done.stderr and "UNRESOLVED_COLUMN" in done.stderr
    (tmp_path / "p.yaml").write_text("inputs: {}\nspark: {spark.sql.warehouse.dir: /x}\nsteps: {s: {do: [sql: SELECT 1]}}\n"
                                     "outputs: {s: {path: o}}\n")
    done = ember("run", str(tmp_path / "p.yaml"), "--on", URL)
    assert done.returncode == 1 and "spark: spark.sql.warehouse.dir" in done.stderr and not (tmp_path / "o").exists()


def test_check_writes_nothing(tmp_path):
    (tmp_path / "p.yaml").write_text("inputs: {}\nsteps: {s: {do: [sql: SELECT 1 AS a]}}\noutputs: {s: {path: o}}\n")
    assert "is a valid pipeline" in well("run", str(tmp_path / "p.yaml"), "--check", "--on", URL).stdout
    assert not (tmp_path / "o").exists()


def test_python(tmp_path):
    program = tmp_path / "job.py"
    program.write_text("from pyspark.sql import SparkSession\nspark = SparkSession.builder.master('local[*]').getOrCreate()\n"
                       "print(spark.sql(\"SELECT java_method('java.lang.Math', 'abs', -3) AS j\").collect()[0].j)\n")
    done = well("python", "--python", sys.executable, "--on", URL, "-v", str(program), cwd=tmp_path)
    assert done.stdout.strip() == "3" and f"against Spark {VERSION}" in done.stderr
    done = ember("python", "--python", sys.executable, str(program), "--on", URL, cwd=tmp_path)
    assert "--on behind the program's name is the program's own" in done.stderr


SLOW = "SELECT count(*) FROM range(100000000) a, range(1000000) b WHERE (a.id * b.id) % 7 = 3"


@pytest.mark.parametrize("verb", ["sql", "run"])
def test_interrupts(tmp_path, verb):
    arguments = ["sql", SLOW]
    if verb == "run":
        (tmp_path / "p.yaml").write_text(f"inputs: {{}}\nsteps: {{s: {{do: [sql: '{SLOW}']}}}}\noutputs: {{s: {{path: o}}}}\n")
        arguments = ["run", str(tmp_path / "p.yaml")]
    process = subprocess.Popen([BINARY, *arguments, "--on", URL], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    time.sleep(4)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, text = process.communicate(timeout=30)
    assert process.returncode == 130, text
    # Spark is free again: with one core, another query would else wait for ever.
    well("sql", "SELECT count(*) FROM range(1000)", "--on", URL, timeout=60)
    assert time.monotonic() - began < 60


class Cutter:
    """A proxy before a server that can break every connection, and refuse new ones for a while."""

    def __init__(self, url):
        host, port = url.removeprefix("sc://").split("/")[0].split(":")
        self.target = (host, int(port))
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.pairs = []
        self.is_closed = False
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self):
        return f"sc://127.0.0.1:{self.listener.getsockname()[1]}"

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            if self.is_closed:
                client.close()
                continue
            server = socket.create_connection(self.target)
            self.pairs.append((client, server))
            for source, target in ((client, server), (server, client)):
                threading.Thread(target=self._copy, args=(source, target), daemon=True).start()

    @staticmethod
    def _copy(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            end.close()

    def cut(self):
        for pair in self.pairs:
            for end in pair:
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
        self.pairs = []


# Slow enough to be cut while it runs: each row hashes its way through.
ROWS = 1_500_000
WORK = f"SELECT id, sha2(sha2(sha2(CAST(id AS STRING), 512), 512), 512) AS h FROM range(0, {ROWS}, 1, 3)"


@pytest.mark.parametrize("mode", ["append", "overwrite"])
def test_a_write_over_a_cut_connection_happens_once(tmp_path, mode):
    cutter = Cutter(URL)
    (tmp_path / "p.yaml").write_text(f"inputs: {{}}\nsteps: {{s: {{do: [sql: '{WORK}']}}}}\noutputs: {{s: {{path: o, mode: {mode}}}}}\n")
    process = subprocess.Popen([BINARY, "run", str(tmp_path / "p.yaml"), "--json", "--on", cutter.url],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    cuts = 0
    while process.poll() is None:
        time.sleep(0.7)
        cutter.cut()
        cuts += 1
        if cuts == 3:  # for a while nobody is there
            cutter.is_closed = True
            time.sleep(1.5)
            cutter.is_closed = False
    output, errors = process.communicate()
    cutter.listener.close()
    assert process.returncode == 0, errors
    assert cuts >= 3, "it was over before it was cut"
    assert json.loads(output)["stages"][0]["rows"] == (ROWS if COUNTS_ROWS else None)
    answer = well("sql", f"SELECT count(*) AS n, count(DISTINCT id) AS d FROM parquet.`{tmp_path}/o`", "--format", "json")
    assert {k: int(v) for k, v in json.loads(answer.stdout).items()} == {"n": ROWS, "d": ROWS}


def test_rows_over_a_cut_connection_come_once():
    cutter = Cutter(URL)
    process = subprocess.Popen([BINARY, "sql", "SELECT id FROM range(0, 2000000, 1, 8)", "--format", "json", "--on",
                                cutter.url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    lines = 0
    for line in process.stdout:
        assert int(json.loads(line)["id"]) == lines
        if lines in (1000, 300_000, 900_000):
            cutter.cut()
        lines += 1
    assert process.wait(60) == 0, process.stderr.read()
    assert lines == 2_000_000


def test_a_server_that_is_gone_for_good_is_said():
    cutter = Cutter(URL)
    # Nobody can tell the server to stop, so this ends by itself.
    process = subprocess.Popen([BINARY, "sql", f"SELECT count(DISTINCT h) FROM ({WORK})", "--on", cutter.url],
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    time.sleep(2)
    cutter.is_closed = True
    cutter.cut()
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 1 and "EMBER_CONNECT.UNREACHABLE" in errors
