"""The bars of the remote engine, on a real Spark cluster on this machine (`bench/run.py --only remote`).

Collects: two warm sessions at one Connect server, Ember's client (C++) and the PySpark client, asked in turn. The job: a
pipeline by `ember run --on`, and its exported program by spark-submit at the same master, with as many executors of the
same size, in turn.
"""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass

from seed_pipeline import PIPELINE

ROOT = pathlib.Path(__file__).resolve().parents[1]
ROWS = 1_000_000
QUERY = ("SELECT id AS volume, concat('T', id % 500) AS ticker, date_add(DATE'2010-01-01', CAST(id % 2520 AS INT)) AS date, "
         f"timestamp_seconds(id) AS ts, CAST(id % 9973 AS DOUBLE) / 7 AS close_price FROM range({ROWS})")
ONE_ROW_CALLS = 100
EXECUTOR = {"spark.executor.cores": "1", "spark.executor.memory": "800m", "spark.cores.max": "2"}


@dataclass
class World:
    """What bench/run.py knows."""
    work: pathlib.Path
    programs: pathlib.Path
    cache: pathlib.Path
    make_data: object
    run: object  # bench/run.py's Run


# The PySpark side: the same commands as bench/remote_collect.cc, answered by the same lines.
PYSPARK_CLIENT = """
import statistics, sys, time
from pyspark.sql import SparkSession
spark = SparkSession.builder.remote(sys.argv[1]).create()
spark.conf.set("spark.sql.session.timeZone", "UTC")

def one(make, count):
    times, rows = [], []
    for _ in range(count):
        started = time.perf_counter(); got = make().collect(); times.append(time.perf_counter() - started)
        rows += got
    return sorted(times)[count // 2], len(rows), sum(row[0] for row in rows)

def timed(action, check):
    started = time.perf_counter(); got = action(); seconds = time.perf_counter() - started
    return (seconds, *check(got))

def first_column(table):
    import pyarrow.compute
    return table.num_rows, pyarrow.compute.sum(table.column(0)).as_py()

for line in sys.stdin:
    word, _, rest = line.strip().partition(" ")
    cpu = time.process_time()
    if word == "rows":
        answer = timed(lambda: spark.sql(rest).collect(), lambda rows: (len(rows), sum(row[0] for row in rows)))
    elif word == "batches":
        answer = timed(lambda: spark.sql(rest).toArrow(), first_column)
    elif word == "pandas":
        answer = timed(lambda: spark.sql(rest).toPandas(), lambda frame: (len(frame), int(frame.iloc[:, 0].sum())))
    else:
        answer = one((lambda: spark.sql("SELECT 1")) if word == "sql" else (lambda: spark.range(0, 1)), int(rest))
    print(answer[0], time.process_time() - cpu, *answer[1:], flush=True)
"""

# spark-submit's program: the exported one, with the time from a running Spark to the end of the job.
SUBMITTED = """
import runpy, sys, time
from pyspark.sql import SparkSession
SparkSession.builder.getOrCreate()
sys.argv = sys.argv[1:]
started = time.monotonic()
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    print("seconds inside:", time.monotonic() - started, flush=True)
"""


class Cluster:
    """`ember cluster` with two workers, each of which has room for an executor of either side."""

    def __init__(self, world):
        self.ember = world.programs / "ember"
        self.environment = {**os.environ, "EMBER_STATE": str(world.work / "cluster-state")}

    def __enter__(self):
        conf = [part for key, value in EXECUTOR.items() for part in ("--conf", f"{key}={value}")]
        done = subprocess.run([self.ember, "cluster", "up", "--workers", "2", "--cores", "2", "--memory", "2g", "--json",
                               "--timeout", "300", *conf], env=self.environment, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"bench: the cluster did not start: {done.stderr}")
        status = json.loads(done.stdout)
        self.url, self.master, self.spark_home = status["url"], status["master"], status["spark_home"]
        return self

    def __exit__(self, *_):
        subprocess.run([self.ember, "cluster", "down", "-q"], env=self.environment, check=False)


class Client:
    """A program that answers commands over its warm session."""

    def __init__(self, command):
        self.process = subprocess.Popen([str(part) for part in command], text=True, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline().split()
        if len(line) != 4:
            sys.exit(f"bench: no answer to '{command}'")
        return float(line[0]), float(line[1]), (int(line[2]), int(line[3]))

    def end(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)


# What is measured, what Ember's client is asked, what the PySpark client is asked, the unit.
COLLECTS = (
    ('collect of 1 row, spark.range(0, 1), warm session', f"one {ONE_ROW_CALLS}", f"one {ONE_ROW_CALLS}", "ms"),
    ('collect of 1 row, spark.sql("SELECT 1")', f"sql {ONE_ROW_CALLS}", f"sql {ONE_ROW_CALLS}", "ms"),
    ("collect of 1 M rows as rows: Collect(), collect()", f"rows {QUERY}", f"rows {QUERY}", "s"),
    ("collect of 1 M rows: Collect(), toPandas()", f"rows {QUERY}", f"pandas {QUERY}", "s"),
    ("collect of 1 M rows: Collect(), toArrow()", f"rows {QUERY}", f"batches {QUERY}", "s"),
    ("collect of 1 M rows as Arrow: batches, toArrow()", f"batches {QUERY}", f"batches {QUERY}", "s"),
)


def collects(world, cluster, rounds, table):
    ours = Client([world.programs / "ember_bench_remote_collect", cluster.url])
    theirs = Client([world.cache / "venv-client-4.0.2/bin/python", "-c", PYSPARK_CLIENT, cluster.url])
    for what, our_command, their_command, unit in COLLECTS:
        measured = []
        for number in range(rounds + 1):
            sides = [(ours, our_command), (theirs, their_command)]
            # Who comes second finds the server warmer: in turn.
            answers = {}
            for client, command in sides if number % 2 == 0 else reversed(sides):
                answers[client] = client.ask(command)
            if answers[ours][2] != answers[theirs][2]:
                sys.exit(f"bench: {what}: {answers[ours][2]} against {answers[theirs][2]}")
            if number > 0:
                measured.append((answers[ours], answers[theirs]))
        scale = 1000 if unit == "ms" else 1
        our_wall, their_wall = (statistics.median(pair[side][0] for pair in measured) * scale for side in (0, 1))
        calls = ONE_ROW_CALLS if unit == "ms" else 1
        our_cpu, their_cpu = (statistics.median(pair[side][1] for pair in measured) * scale / calls for side in (0, 1))
        ratio = statistics.median(pair[0][0] / pair[1][0] for pair in measured)
        table.append((what, f"{our_wall:.2f} {unit} against {their_wall:.2f} {unit}",
                      f"{ratio:.2f} x, bar 1.00; client's CPU {our_cpu:.2f} against {their_cpu:.2f} {unit}"))
    ours.end()
    theirs.end()


def submit_command(world, cluster, exported):
    program = world.work / "submitted.py"
    program.write_text(SUBMITTED)
    conf = {**EXECUTOR, "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.enabled": "false", "spark.log.level": "ERROR"}
    return [f"{cluster.spark_home}/bin/spark-submit", "--master", cluster.master, "--driver-memory", "1g",
            *(part for key, value in conf.items() for part in ("--conf", f"{key}={value}")), program, exported]


def inside(output):
    return float(output.rsplit("seconds inside:", 1)[1].split()[0])


def job(world, cluster, arguments, table):
    data = world.make_data(arguments.days)
    size = sum(path.stat().st_size for path in data.glob("*.parquet")) / 2**20
    folders = {"run": world.work / "out-remote-run", "submit": world.work / "out-remote-submit"}
    pipelines = {name: world.work / f"remote_{name}.yaml" for name in folders}
    for name, pipeline in pipelines.items():
        pipeline.write_text(PIPELINE.format(data=data, out=folders[name]))
    exported = world.work / "remote_submit.py"
    world.run([world.programs / "ember", "export", "--pyspark", pipelines["submit"], "-o", exported])
    environment = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": cluster.spark_home,
                   "PYSPARK_PYTHON": str(world.cache / "venv-spark-4.0.2/bin/python")}
    commands = {"run": [world.programs / "ember", "run", "--json", "--on", cluster.url, pipelines["run"]],
                "submit": submit_command(world, cluster, exported)}
    rounds, expected = [], None
    for number in range(arguments.rounds + 1):
        times = {}
        for name, command in commands.items():
            shutil.rmtree(folders[name], ignore_errors=True)
            run = world.run(command, environment)
            line = world.run([world.programs / "ember_bench_duckdb", "-v", f"out={folders[name]}",
                              ROOT / "bench/sql/check_parts.sql"]).output.strip()
            expected = expected or line
            if line != expected:
                sys.exit(f"bench: {name} gives {line}, not {expected}")
            times[name] = (run.seconds, json.loads(run.output[run.output.index("{"):])["seconds"] if name == "run" else inside(run.output))
        rounds.append(times)
    first, rest = rounds[0], rounds[1:]
    rows = [("the first of a new cluster", [first]), ("later", rest)]
    for when, some in rows:
        for what, index, note in (("whole commands", 0, ", bar 1.10"), ("inside the job", 1, "")):
            ours, theirs = (statistics.median(times[name][index] for times in some) for name in ("run", "submit"))
            ratio = statistics.median(times["run"][index] / times["submit"][index] for times in some)
            table.append((f"seed job, {size:.0f} MB, --on against spark-submit, {when}, {what}",
                          f"{ours:.1f} s against {theirs:.1f} s", f"{ratio:.2f} x{note}"))


def bench(arguments, table, world):
    with Cluster(world) as cluster:
        collects(world, cluster, arguments.rounds, table)
        job(world, cluster, arguments, table)
