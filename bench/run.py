#!/usr/bin/env python3
"""Measures the bars side by side and prints them as a table; every timed run's result is checked.

    bench/run.py [--only seed,spark,startup,latency,spill,csv,s3,remote,emr] [--rounds 5] [--days 2520] [--bin build/release/bin]

Run by `make bench`, which builds the release preset first. Data and outputs live below build/bench.
"""

import argparse
import json
import os
import pathlib
import platform
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time

import remote
from seed_pipeline import PIPELINE as SEED_PIPELINE

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
from counting_proxy import CountingProxy  # noqa: E402
WORK = ROOT / "build" / "bench"
BIN = ROOT / "build" / "release" / "bin"
if "--bin" in sys.argv[1:-1]:
    BIN = pathlib.Path(sys.argv[sys.argv.index("--bin") + 1]).resolve()
EMBER = BIN / "ember"
BY_HAND = BIN / "ember_bench_duckdb"
SEED_JOB = BIN / "ember_bench_seed_job"
CACHE = pathlib.Path(os.environ.get("EMBER_CACHE", pathlib.Path.home() / ".cache" / "ember"))
CLIENT_PYTHON = CACHE / "venv-client-4.0.2" / "bin" / "python"
SPARK_PYTHON = CACHE / "venv-spark-4.0.2" / "bin" / "python"
THREADS = 2


class Run:
    """One whole process: wall seconds, CPU seconds, peak resident MB of the largest process in it."""

    def __init__(self, command, env=None, expect=0):
        started = time.monotonic()
        process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, env={**os.environ, **(env or {})})
        peak = 0
        self.output = process.stdout.read().decode(errors="replace")
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.seconds = time.monotonic() - started
        self.cpu = usage.ru_utime + usage.ru_stime
        self.megabytes = max(peak, usage.ru_maxrss / 1024)
        if process.returncode != expect:
            sys.exit(f"bench: {' '.join(map(str, command))} ended with {process.returncode}:\n{self.output[-3000:]}")


def median(values):
    return statistics.median(values)


def make_data(days):
    folder = WORK / f"stock-data-{days}"
    if (folder / "_DONE").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    step = max(1, days // 10)
    for first in range(0, days, step):
        Run([BY_HAND, "-t", THREADS, "-v", f"first={first}", "-v", f"last={min(days, first + step)}",
             "-v", f"years={days // 252}", "-v", f"out={folder}", ROOT / "bench/sql/make_data.sql"])
        print(f"  data: {min(days, first + step)} of {days} days", file=sys.stderr)
    (folder / "_DONE").touch()
    return folder


def result_line(path):
    """What bench/sql/check_seed_job.sql says of a result: a file, or the one part file of a folder."""
    files = [path] if path.is_file() else sorted(path.glob("part-*.parquet"))
    if len(files) != 1:
        sys.exit(f"bench: {path} has {len(files)} part files, not one")
    return Run([BY_HAND, "-v", f"out={files[0]}", ROOT / "bench/sql/check_seed_job.sql"]).output.strip()


SEED_PYTHON = """from pyspark.sql import SparkSession
from pyspark.sql.functions import col, avg, max, min

spark = SparkSession.builder.appName("Stock Data Processing").getOrCreate()
df = spark.read.parquet("{data}")
result = df.groupBy("ticker", "date") \\
    .agg(
        avg("close_price").alias("avg_price"),
        max("volume").alias("max_volume")
    ) \\
    .orderBy("date")
result.write.mode("overwrite").parquet("{out}")
"""


def seed_commands(data):
    out = {name: WORK / f"out-{name}" for name in ("hand", "run", "cpp", "python", "spark")}
    pipeline = WORK / "seed.yaml"
    pipeline.write_text(SEED_PIPELINE.format(data=data, out=out["run"]))
    program = WORK / "seed_job.py"
    program.write_text(SEED_PYTHON.format(data=data, out=out["python"]))
    spark_program = WORK / "seed_job_spark.py"
    spark_program.write_text(SEED_PYTHON.format(data=data, out=out["spark"]).replace(
        "builder.", "builder.master('local[2]').config('spark.driver.memory', '8g').config('spark.ui.enabled', False)."))
    hand = out["hand"].with_suffix(".parquet")
    return {
        "DuckDB by hand": ([BY_HAND, "-t", THREADS, "-v", f"in={data}", "-v", f"out={hand}",
                            ROOT / "bench/sql/seed_job.sql"], hand),
        "ember run": ([EMBER, "run", "--quiet", "--threads", THREADS, pipeline], out["run"]),
        "C++ program": ([SEED_JOB, data, out["cpp"]], out["cpp"]),
        "ember python": ([EMBER, "python", "--python", CLIENT_PYTHON, "--threads", THREADS, program], out["python"]),
        "PySpark local[2]": ([SPARK_PYTHON, spark_program], out["spark"]),
    }


def timed(commands, names, rounds):
    """The commands in turn, `rounds` times after a warm-up round; results checked against the first's."""
    runs = {name: [] for name in names}
    expected = None
    for number in range(rounds + 1):
        for name in names:
            command, out = commands[name]
            for stale in (out,):
                shutil.rmtree(stale, ignore_errors=True) if stale.is_dir() else stale.unlink(missing_ok=True)
            run = Run(command)
            line = result_line(out)
            expected = expected or line
            if line != expected:
                sys.exit(f"bench: {name} gives {line}, not {expected}")
            if number > 0:
                runs[name].append(run)
    return runs


def bench_seed(arguments, table):
    data = make_data(arguments.days)
    commands = seed_commands(data)
    names = ["DuckDB by hand", "ember run", "C++ program", "ember python"]
    runs = timed(commands, names, arguments.rounds)
    session = Run([CLIENT_PYTHON, "-c", "import pyspark.sql.connect.session"])
    hand = runs["DuckDB by hand"]
    for name in names:
        wall = median([run.seconds for run in runs[name]])
        ratio = median([run.seconds / base.seconds for run, base in zip(runs[name], hand)])
        memory = median([run.megabytes for run in runs[name]])
        cpu = median([run.cpu for run in runs[name]])
        cpu_ratio = median([run.cpu / base.cpu for run, base in zip(runs[name], hand)])
        table.append((f"seed job, {name}", f"{wall:.2f} s, CPU {cpu:.2f} s, {memory:.0f} MB",
                      f"{ratio:.2f} x by hand, CPU {cpu_ratio:.2f} x"))
    table.append(("a bare process that imports PySpark's Connect session", f"{session.seconds:.2f} s", ""))
    return runs


def bench_spark(arguments, table):
    data = make_data(arguments.days)
    commands = seed_commands(data)
    out = commands["PySpark local[2]"][1]
    shutil.rmtree(out, ignore_errors=True)
    spark = Run(commands["PySpark local[2]"][0])
    table.append(("seed job, PySpark 4.0.2 local[2]", f"{spark.seconds:.1f} s", ""))
    for name in ("DuckDB by hand", "ember run", "C++ program", "ember python"):
        runs = [Run(commands[name][0]) for _ in range(1) if not shutil.rmtree(commands[name][1], ignore_errors=True)]
        table.append((f"  against {name}", f"{runs[0].seconds:.2f} s", f"{spark.seconds / runs[0].seconds:.1f} x faster"))


class Served:
    """`ember serve` for as long as the block lasts."""

    def __enter__(self):
        started = time.monotonic()
        self.process = subprocess.Popen([EMBER, "serve", "--port", "0"], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.address = ""
        while not self.address.startswith("sc://"):
            line = self.process.stdout.readline()
            if not line:
                sys.exit("bench: ember serve did not start")
            self.address = next((word for word in line.split() if word.startswith("sc://")), "")
        self.start_ms = (time.monotonic() - started) * 1000
        return self

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


def bench_startup(arguments, table):
    times = []
    for _ in range(arguments.rounds + 1):
        with Served() as served:
            times.append((served.start_ms, served.cpu_seconds() * 1000))
    wall, cpu = (median(column) for column in zip(*times[1:]))
    table.append(("ember serve: process start to open port", f"{wall:.0f} ms, CPU {cpu:.0f} ms", "bar 100 ms"))


def bench_emr(arguments, table):
    """Whole processes, of which most is the loading of the program; `ember emr rules` prints and checks nothing."""
    rules = len(json.loads(Run([EMBER, "emr", "rules", "--json"]).output))
    commands = {f"ember emr validate full.yaml, {rules} rules": ["validate", ROOT / "examples/emr/full.yaml"],
                "  of it the start: ember emr rules": ["rules"]}
    for name, command in commands.items():
        runs = [Run([EMBER, "emr", *command]) for _ in range(10 * arguments.rounds + 1)][1:]
        wall, cpu = (median(values) * 1000 for values in ([run.seconds for run in runs], [run.cpu for run in runs]))
        table.append((name, f"{wall:.0f} ms, CPU {cpu:.0f} ms, {runs[0].megabytes:.0f} MB", "bar 50 ms"))


CLIENT_LOOP = """
import statistics, sys, time
from pyspark.sql import SparkSession
spark = SparkSession.builder.remote(sys.argv[1]).getOrCreate()
def median_ms(action, count):
    times = []
    for _ in range(count):
        started = time.perf_counter(); action(); times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times[count // 5:])
print("warm", flush=True); input()
print(median_ms(lambda: spark.sql("select 1").collect(), 300), flush=True); input()
print(median_ms(lambda: spark.read.parquet(sys.argv[2]).schema, 100),
      median_ms(lambda: spark.read.parquet(sys.argv[2]).columns, 100), flush=True)
"""


def bench_latency(arguments, table):
    data = make_data(min(arguments.days, 252))
    with Served() as served:
        client = subprocess.Popen([CLIENT_PYTHON, "-c", CLIENT_LOOP, served.address, str(data)], text=True,
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        client.stdout.readline()
        before = served.cpu_seconds()
        client.stdin.write("\n")
        client.stdin.flush()
        select_ms = float(client.stdout.readline())
        cpu_ms = (served.cpu_seconds() - before) * 1000 / 300
        client.stdin.write("\n")
        client.stdin.flush()
        schema_ms, columns_ms = map(float, client.stdout.readline().split())
        client.wait(timeout=30)
    table.append(('spark.sql("select 1").collect(), median', f"{select_ms:.2f} ms", "bar 6 ms"))
    table.append(("  of it the server's CPU", f"{cpu_ms:.2f} ms", "bar 2 ms"))
    table.append(("df.schema, a new plan each time", f"{schema_ms:.2f} ms", "bar 5 ms"))
    table.append(("df.columns, a new plan each time", f"{columns_ms:.2f} ms", "bar 5 ms"))


SPILL_PIPELINE = """inputs: {{prices: {{format: parquet, path: {data}}}}}
steps:
  sorted:
    from: prices
    do:
      - with_columns: {{label: "repeat(ticker, 12)"}}
      - order_by: [volume, ticker, ts]
  totals:
    from: prices
    do:
      - group_by: {{by: [ticker, ts], aggregate: {{total: sum(volume), last: max(close_price)}}}}
outputs:
  sorted: {{path: {out}/sorted}}
  totals: {{path: {out}/totals}}
"""


def bench_spill(arguments, table):
    data = make_data(arguments.days)
    temporary = WORK / "spill"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    out = WORK / "out-spill"
    pipeline = WORK / "spill.yaml"
    pipeline.write_text(SPILL_PIPELINE.format(data=data, out=out))
    run = Run([EMBER, "run", "--quiet", "--memory", "512MB", "--temp-dir", temporary, pipeline])
    left = len(list(temporary.rglob("*")))
    table.append(("sort and aggregate with --memory 512MB", f"{run.seconds:.0f} s, {run.megabytes:.0f} MB peak",
                  f"bar 662 MB; {left} files left in --temp-dir"))


CSV_PYTHON = """from pyspark.sql import SparkSession
from pyspark.sql.functions import avg, max

spark = SparkSession.builder.getOrCreate()
reader = spark.read.option("header", True){how}
df = reader.csv("{data}")
result = df.groupBy("ticker", "date").agg(avg("close_price").alias("avg_price"), max("volume").alias("max_volume"))
result.orderBy("date").write.mode("overwrite").parquet("{out}")
"""
CSV_SCHEMA = '.schema("ticker STRING, date DATE, open DOUBLE, high DOUBLE, low DOUBLE, close_price DOUBLE, volume BIGINT")'
CSV_PIPELINE = """inputs:
  prices:
    format: csv
    path: {data}
    columns: {{ticker: string, date: date, open: double, high: double, low: double, close_price: double, volume: bigint}}
steps:
  daily:
    from: prices
    do:
      - group_by: {{by: [ticker, date], aggregate: {{avg_price: avg(close_price), max_volume: max(volume)}}}}
      - order_by: [date]
outputs: {{daily: {{path: {out}}}}}
"""


def bench_csv(arguments, table):
    data = WORK / "prices-8000000.csv"
    if not data.exists():
        Run([BY_HAND, "-t", THREADS, "-v", "rows=8000000", "-v", f"out={data}", ROOT / "bench/sql/make_csv.sql"])
    hand = WORK / "out-csv-hand.parquet"
    commands = {"DuckDB by hand": ([BY_HAND, "-t", THREADS, "-v", f"in={data}", "-v", f"out={hand}",
                                    ROOT / "bench/sql/csv_job.sql"], hand)}
    pipeline, out = WORK / "csv.yaml", WORK / "out-csv-run"
    pipeline.write_text(CSV_PIPELINE.format(data=data, out=out))
    commands["ember run"] = ([EMBER, "run", "--quiet", "--threads", THREADS, pipeline], out)
    for name, how in (("schema", CSV_SCHEMA), ("inferSchema", '.option("inferSchema", True)')):
        program, out = WORK / f"csv_{name}.py", WORK / f"out-csv-{name}"
        program.write_text(CSV_PYTHON.format(how=how, data=data, out=out))
        commands[f"ember python, {name}"] = (
            [EMBER, "python", "--python", CLIENT_PYTHON, "--threads", THREADS, program], out)
    runs = timed(commands, list(commands), arguments.rounds)
    size = data.stat().st_size / 2**20
    for name, timings in runs.items():
        wall = median([run.seconds for run in timings])
        cpu = median([run.cpu for run in timings])
        memory = median([run.megabytes for run in timings])
        ratio = median([run.seconds / base.seconds for run, base in zip(timings, runs["DuckDB by hand"])])
        table.append((f"CSV job, {size:.0f} MB, {name}", f"{wall:.2f} s, CPU {cpu:.2f} s, {memory:.0f} MB",
                      f"{ratio:.2f} x by hand, {size / wall:.0f} MB/s"))


class S3Server:
    """The S3 server of the tests on loopback, for as long as the block lasts; its data are files below `folder`."""

    def __init__(self, folder):
        self.folder = folder

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        program = pathlib.Path(os.environ.get("EMBER_S3_SERVER") or CACHE / "s3-server" / "versitygw")
        self.process = subprocess.Popen(
            [program, "--access", "test", "--secret", "testsecret", "--port", self.address, "--region", "us-east-1",
             "--keep-alive", "--quiet", "posix", self.folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", int(self.address.rsplit(":", 1)[1]))) == 0:
                    return self
            time.sleep(0.1)
        sys.exit("bench: the S3 server did not start")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)


def aws_variables(address):
    return {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "testsecret", "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL_S3": f"http://{address}", "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": "/nonexistent", "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent"}


# Besides the seed job, whose output is small: one that writes as much as it reads, where parts that are uploaded while
# the query runs count.
S3_PIPELINES = {"seed job": SEED_PIPELINE, "rewrite": """inputs: {{prices: {{format: parquet, path: {data}}}}}
steps: {{all: {{from: prices, do: [{{with_columns: {{close_price: close_price * 2}}}}]}}}}
outputs: {{all: {{path: {out}}}}}
"""}


def s3_commands(job, days, address):
    """Both programs, from s3://bucket/in-DAYS to outputs of their own."""
    pipeline = WORK / f"s3-{job.split()[0]}-{days}.yaml"
    pipeline.write_text(S3_PIPELINES[job].format(data=f"s3://bucket/in-{days}/*.parquet", out="s3://bucket/out-run"))
    return {"DuckDB by hand": [BY_HAND, "-t", THREADS, "-v", f"httpfs={BIN.parent / 'lib/httpfs.duckdb_extension'}",
                               "-v", f"endpoint={address}", "-v", f"in=s3://bucket/in-{days}",
                               "-v", "out=s3://bucket/out-hand.parquet",
                               ROOT / "bench/sql" / f"s3_{job.split()[0]}_job.sql"],
            "ember run": [EMBER, "run", "--quiet", "--threads", THREADS, pipeline]}


def put_s3_data(days, bucket, server):
    """The data of so many days in the server, through it, so that objects have their ETags; kept for later runs."""
    done = bucket / f"in-{days}" / "part-0.parquet"
    data = make_data(days)
    count = len(list(data.glob("*.parquet")))
    if done.exists() and len(list(done.parent.glob("*.parquet"))) == count:
        return
    Run([EMBER, "s3", "copy", "--include", "*.parquet", data, f"s3://bucket/in-{days}"], aws_variables(server.address))


def time_s3_job(job, days, rounds, server, bucket, table, delay_s=0.0):
    outputs = {"DuckDB by hand": bucket / "out-hand.parquet", "ember run": bucket / "out-run"}
    size = sum(path.stat().st_size for path in (bucket / f"in-{days}").glob("*.parquet")) / 2**20
    names = list(outputs)
    runs, expected = {name: [] for name in names}, None
    for number in range(rounds + 1):
        for name in names:
            if delay_s > 0:
                with CountingProxy(server.address, delay_s) as proxy:
                    run = Run(s3_commands(job, days, proxy.address)[name], aws_variables(proxy.address))
            else:
                run = Run(s3_commands(job, days, server.address)[name], aws_variables(server.address))
            line = result_line(outputs[name]) if job == "seed job" else ""
            expected = expected or line
            if line != expected:
                sys.exit(f"bench: {name} gives {line}, not {expected}")
            if number > 0:
                runs[name].append(run)
    what = f"S3, {job}, {size:.0f} MB" + (f", {delay_s * 1000:.0f} ms a request" if delay_s > 0 else "")
    for name in names:
        walls = [run.seconds / base.seconds for run, base in zip(runs[name], runs[names[0]])]
        cpus = [run.cpu / base.cpu for run, base in zip(runs[name], runs[names[0]])]
        wall, cpu, memory = (median([getattr(run, field) for run in runs[name]])
                             for field in ("seconds", "cpu", "megabytes"))
        table.append((f"{what}, {name}", f"{wall:.2f} s, CPU {cpu:.2f} s, {memory:.0f} MB",
                      f"{median(walls):.2f} x by hand (CPU {median(cpus):.2f} x), bar 1.15"))
    if delay_s > 0:
        return
    for name in names:
        with CountingProxy(server.address) as proxy:
            Run(s3_commands(job, days, proxy.address)[name], aws_variables(proxy.address))
            table.append((f"  {name}", *proxy.summary()))


def time_s3_window(server, table):
    """How long readers that know nothing of Ember's journal see old and new files together."""
    for files in (1, 10, 100):
        statement = (f"INSERT OVERWRITE DIRECTORY 's3://bucket/window-{files}' USING parquet "
                     f"OPTIONS (maxRecordsPerFile 1000) SELECT id FROM range({files * 1000})")
        times = []
        for number in range(4):
            with CountingProxy(server.address) as proxy:
                Run([EMBER, "sql", statement], aws_variables(proxy.address))
                began = [call.began for call in proxy.calls if call.operation == "Complete"]
                ended = [call.ended for call in proxy.calls if call.operation in ("Delete", "DeleteObjects")]
                if len(began) != files:
                    sys.exit(f"bench: {len(began)} files were completed, not {files}")
                if number > 0:  # the first write has nothing to replace
                    times.append((max(ended) - min(began)) * 1000)
        table.append((f"S3, first Complete to last delete, {files} files replace {files}",
                      f"{median(times):.0f} ms", f"{min(times):.0f} to {max(times):.0f} ms"))


def bench_s3(arguments, table):
    bucket = WORK / "s3" / "bucket"
    bucket.mkdir(parents=True, exist_ok=True)
    with S3Server(bucket.parent) as server:
        small = min(arguments.days, 252)
        for days in (arguments.s3_days, small):
            put_s3_data(days, bucket, server)
        for job in S3_PIPELINES:
            time_s3_job(job, arguments.s3_days, arguments.rounds, server, bucket, table)
        time_s3_job("seed job", small, arguments.rounds, server, bucket, table, delay_s=0.03)
        time_s3_window(server, table)
    for path in bucket.iterdir():
        if not path.name.startswith("in-"):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()


def bench_remote(arguments, table):
    remote.bench(arguments, table, remote.World(work=WORK, programs=BIN, cache=CACHE, make_data=make_data, run=Run))


BENCHES = {"seed": bench_seed, "spark": bench_spark, "startup": bench_startup, "latency": bench_latency,
           "spill": bench_spill, "csv": bench_csv, "s3": bench_s3, "remote": bench_remote,
           "emr": bench_emr}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(BENCHES), help="comma-separated")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--days", type=int, default=2520, help="24,000 rows a day; 2520 give 60 million")
    parser.add_argument("--s3-days", type=int, default=6048, help="of the data in S3; 6048 give 1 GB")
    parser.add_argument("--bin", default=str(BIN), help="the folder of the programs to measure")
    arguments = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    table = []
    for name in arguments.only.split(","):
        BENCHES[name](arguments, table)
    width = max(len(row[0]) for row in table)
    print(f"{platform.machine()}, {os.cpu_count()} cores, {THREADS} threads, {arguments.days * 24_000:,} rows, "
          f"median of {arguments.rounds} interleaved rounds after a warm-up; bench/run.py --only {arguments.only}")
    for what, measured, ratio in table:
        print(f"{what:<{width}}  {measured:<32} {ratio}")


if __name__ == "__main__":
    main()
