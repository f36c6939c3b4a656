"""The mission's cluster on the emulator of Amazon EMR: small files are compacted and the mission's program runs from S3 to
S3 on a real Spark, while managed scaling adds a task node and a spot node is taken away. What comes out is what Ember
makes of the same input on this machine.

EMBER_EMULATED_ROWS makes the input larger (1 GB of Parquet: 80000000)."""
import contextlib
import datetime
import gzip
import hashlib
import hmac
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import urllib.request

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))
from mission import PROGRAM  # noqa: E402
from s3_server import aws_environment, s3_server  # noqa: E402

BINARY = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
ROWS = int(os.environ.get("EMBER_EMULATED_ROWS") or 4_000_000)
FILES = 16
# Many small tasks: the work lasts until the nodes have come and gone.
TASKS = ["--conf", f"spark.sql.files.maxPartitionBytes={max(1, ROWS // 8_000_000)}m",
         "--conf", "spark.sql.files.openCostInBytes=0", "--conf", "spark.sql.shuffle.partitions=200",
         "--conf", "spark.sql.adaptive.coalescePartitions.enabled=false"]


class Emulator:
    """Calls of EMR's JSON API, signed."""

    def __init__(self, variables, environment):
        self.url = variables["AWS_ENDPOINT_URL_EMR"]
        self.key, self.secret = environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"]
        self.region = variables["AWS_REGION"]

    def call(self, action, **request):
        body = json.dumps(request).encode()
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        headers = {"content-type": "application/x-amz-json-1.1", "host": self.url.partition("//")[2], "x-amz-date": now,
                   "x-amz-target": f"ElasticMapReduce.{action}"}
        names = ";".join(headers)
        lines = ["POST", "/", "", *(f"{k}:{v}" for k, v in headers.items()), "", names,
                 hashlib.sha256(body).hexdigest()]
        scope = f"{now[:8]}/{self.region}/elasticmapreduce/aws4_request"
        key = ("AWS4" + self.secret).encode()
        for part in scope.split("/"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        to_sign = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256("\n".join(lines).encode()).hexdigest()])
        signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
        headers["authorization"] = (f"AWS4-HMAC-SHA256 Credential={self.key}/{scope}, SignedHeaders={names}, "
                                    f"Signature={signature}")
        with urllib.request.urlopen(urllib.request.Request(self.url, body, headers), timeout=30) as answer:
            return json.loads(answer.read() or b"{}")

    def order(self, what, **order):
        request = urllib.request.Request(f"{self.url}/_emulator/{what}", json.dumps(order).encode())
        return json.load(urllib.request.urlopen(request, timeout=10))

    def events(self, name):
        text = urllib.request.urlopen(f"{self.url}/_emulator/events", timeout=10).read().decode()
        return [event for event in map(json.loads, text.splitlines()) if event["event"] == name]


@contextlib.contextmanager
def emulated(folder, environment, *arguments):
    command = [BINARY, "emr", "emulate", "--port", "0", "--ready-file", folder / "ready", "--folder", folder / "clusters",
               *arguments]
    with open(folder / "emulator.log", "w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        eventually(lambda: (folder / "ready").exists() or process.poll() is not None, 60)
        assert process.poll() is None, (folder / "emulator.log").read_text()
        yield Emulator(dict(line.split("=", 1) for line in (folder / "ready").read_text().splitlines()), environment)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(120)


def eventually(is_so, seconds):
    end = time.monotonic() + seconds
    while not (found := is_so()):
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.2)
    return found


def left_processes(folder):
    """What the emulator started, by the folder in its environment."""
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if f"SPARK_CONF_DIR={folder}".encode() in (entry / "environ").read_bytes():
                found.append((entry / "cmdline").read_bytes())
        except OSError:
            pass
    return [line for line in found if line]


def make_prices(folder):
    """Prices of many tickers and days, a few rows for each pair; exact binary fractions, so that sums have one value."""
    folder.mkdir()
    rows = ROWS // FILES
    for i in range(FILES):
        number = pa.array(range(i * rows, (i + 1) * rows), pa.int64())
        mixed = pc.bit_wise_and(pc.multiply(number, 2654435761), 0x7FFFFFFF)
        table = pa.table({
            "ticker": pc.binary_join_element_wise("T", pc.cast(pc.bit_wise_and(mixed, 255), pa.string()), ""),
            "date": pc.cast(pc.cast(pc.bit_wise_and(pc.shift_right(mixed, 8), 1023), pa.int32()), pa.date32()),
            "close_price": pc.divide(pc.cast(pc.bit_wise_and(mixed, 0xFFFFF), pa.float64()), 64.0),
            "volume": pc.bit_wise_and(pc.shift_right(mixed, 3), 0xFFFFFF),
        })
        pq.write_table(table, folder / f"part-{i:02}.parquet", row_group_size=50_000)


def make_daily(folder):
    """Small daily files, of which s3-dist-cp makes one a year."""
    folder.mkdir()
    for year in (2023, 2024):
        for day in range(1, 6):
            (folder / f"{year}-01-{day:02}.csv").write_text(f"A,{year},{day}\n")


def fleet(role, on_demand=0, spot=0):
    return {"InstanceFleetType": role, "TargetOnDemandCapacity": on_demand, "TargetSpotCapacity": spot,
            "InstanceTypeConfigs": [{"InstanceType": kind} for kind in ("m5.xlarge", "m5a.xlarge")]}


def step(name, *arguments):
    return {"Name": name, "ActionOnFailure": "CANCEL_AND_WAIT",
            "HadoopJarStep": {"Jar": "command-runner.jar", "Args": list(arguments)}}


def run_cluster(emr, release):
    """As examples/emr/seed.yaml has it, at the size of this machine."""
    limits = {"UnitType": "InstanceFleetUnits", "MinimumCapacityUnits": 2, "MaximumCapacityUnits": 3,
              "MaximumOnDemandCapacityUnits": 2, "MaximumCoreCapacityUnits": 2}
    compact = step("compact", "s3-dist-cp", "--src=s3://stocks/raw/daily/", "--dest=s3://stocks/compact/",
                   r"--groupBy=.*/(\d{4})-\d{2}-\d{2}\.csv", "--targetSize=256")
    prices = step("prices", "spark-submit", "--deploy-mode", "cluster", "--name", "prices", *TASKS,
                  "s3://stocks/programs/prices.py")
    return emr.call("RunJobFlow", Name="stocks", ReleaseLabel=release, ServiceRole="service", JobFlowRole="nodes",
                    LogUri="s3://stocks/logs/",
                    Instances={"InstanceFleets": [fleet("MASTER", 1), fleet("CORE", 2), fleet("TASK")],
                               "KeepJobFlowAliveWhenNoSteps": True},
                    ManagedScalingPolicy={"ComputeLimits": limits}, Steps=[compact, prices])["JobFlowId"]


def step_states(emr, cluster):
    steps = emr.call("ListSteps", ClusterId=cluster)["Steps"]
    return {entry["Name"]: entry["Status"]["State"] for entry in steps}


def log_of(server, cluster, name):
    """A step's log as LogUri has it."""
    keys = [key for key in server.client("stocks").keys(f"logs/{cluster}/") if name in key]
    texts = [server.client("stocks").get(key) for key in keys]
    return b"\n".join(gzip.decompress(text) if text[:2] == b"\x1f\x8b" else text for text in texts).decode()


def cluster_state(emr, cluster):
    return emr.call("DescribeCluster", ClusterId=cluster)["Cluster"]["Status"]["State"]


@pytest.mark.parametrize("release", ["emr-7.13.0"])
def test_the_missions_cluster(release, tmp_path):
    make_prices(tmp_path / "prices")
    make_daily(tmp_path / "daily")
    with s3_server(tmp_path, "stocks") as server:
        environment = {**os.environ, **aws_environment(server.url, tmp_path)}
        environment.pop("SPARK_HOME", None)
        environment["JAVA_TOOL_OPTIONS"] = "-XX:TieredStopAtLevel=1"  # many short-lived ones

        def ember(*arguments):
            return subprocess.run([BINARY, *map(str, arguments)], env=environment, capture_output=True, text=True,
                                  timeout=900)

        for name, target in (("prices", "raw/prices/"), ("daily", "raw/daily/")):
            assert ember("s3", "put", f"{tmp_path}/{name}/", f"s3://stocks/{target}").returncode == 0
        program = PROGRAM.format(source="s3://stocks/raw/prices", target="s3://stocks/processed")
        server.client("stocks").put("programs/prices.py", program.encode())

        with emulated(tmp_path, environment, "--speed", "20", "--node-memory", "720") as emr:
            cluster = run_cluster(emr, release)
            eventually(lambda: step_states(emr, cluster)["prices"] not in ("PENDING", "CANCELLED"), 900)
            assert step_states(emr, cluster)["compact"] == "COMPLETED", log_of(server, cluster, "stderr")
            added = eventually(lambda: [event for event in emr.events("scaled") if event["to"] > 2], 900)
            assert added[0]["coresWanted"] > 0

            def task_nodes():
                nodes = emr.call("ListInstances", ClusterId=cluster, InstanceFleetType="TASK",
                                 InstanceStates=["RUNNING"])["Instances"]
                return [node["Ec2InstanceId"] for node in nodes]

            # One that has an executor of the program.
            def working_nodes():
                work = tmp_path / "clusters" / cluster / "work"
                return [node for node in task_nodes() if list((work / node).glob("app-*/*/stderr"))]

            spot, *_ = eventually(working_nodes, 1200)
            assert step_states(emr, cluster)["prices"] == "RUNNING"
            assert emr.order("spot-loss", cluster=cluster, count=1) == {"noticed": 1}
            lost = eventually(lambda: emr.events("spot_lost"), 300)
            assert step_states(emr, cluster)["prices"] == "RUNNING"
            assert lost[0]["instance"] == spot and spot not in task_nodes()
            eventually(lambda: step_states(emr, cluster)["prices"] not in ("PENDING", "RUNNING"), 2400)
            assert step_states(emr, cluster)["prices"] == "COMPLETED", log_of(server, cluster, "stderr")
            emr.call("TerminateJobFlows", JobFlowIds=[cluster])
            eventually(lambda: cluster_state(emr, cluster) == "TERMINATED", 300)
            assert "startExec" in log_of(server, cluster, "controller")
        assert not left_processes(tmp_path)

        assert sorted(server.contents("stocks", "compact").values()) == [
            "".join(f"A,{year},{day}\n" for day in range(1, 6)).encode() for year in (2023, 2024)]
        (tmp_path / "local.py").write_text(PROGRAM.format(source=tmp_path / "prices", target=tmp_path / "processed"))
        local = ember("python", "--python", sys.executable, tmp_path / "local.py")
        assert local.returncode == 0, local.stderr
        same = ember("diff", tmp_path / "processed", "s3://stocks/processed")
        assert same.returncode == 0, same.stdout + same.stderr
