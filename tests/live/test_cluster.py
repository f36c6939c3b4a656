"""`ember cluster`: a real Spark on this machine that answers queries, survives the death of a worker in mid-query, tells
what is broken, and leaves nothing behind."""
import gc
import json
import os
import pathlib
import signal
import subprocess
import threading
import time

import pytest
from pyspark.sql import SparkSession, functions as F

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")

gc.disable()


def cluster(environment, *arguments):
    return subprocess.run([BINARY, "cluster", *arguments], env=environment, capture_output=True, text=True, timeout=300)


def processes(environment):
    """Of this user, those that the cluster of this state folder started, with what they are."""
    found = {}
    folder = environment["EMBER_STATE"].encode()
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and b"SPARK_CONF_DIR=" + folder in (entry / "environ").read_bytes():
                found[int(entry.name)] = (entry / "cmdline").read_bytes().decode().replace("\0", " ")
        except OSError:
            pass
    return {pid: command for pid, command in found.items() if command}


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    state = tmp_path_factory.mktemp("state")
    secrets = {"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "the-secret-of-the-test"}
    environment = {**os.environ, **secrets, "EMBER_STATE": str(state)}
    environment.pop("SPARK_HOME", None)
    yield environment
    cluster(environment, "down")
    assert not processes(environment)


@pytest.fixture(scope="module")
def address(environment):
    done = cluster(environment, "up", "--workers", "2", "--cores", "1", "--memory", "800m", "--timeout", "280")
    assert done.returncode == 0, done.stderr
    assert "2 of 2 workers alive" in done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def spark(address):
    # test_down_leaves_nothing stops it: a session whose server is gone waits for it.
    return SparkSession.builder.remote(address).create()


def status(environment):
    return json.loads(cluster(environment, "status", "--json").stdout)


def test_status(address, environment):
    done = cluster(environment, "status")
    assert done.returncode == 0 and address in done.stdout and done.stdout.count("ALIVE") == 2
    told = status(environment)
    assert told["running"] and told["url"] == address
    assert [w["cores"] for w in told["workers"]] == [1, 1]
    assert [w["memory_mb"] for w in told["workers"]] == [800, 800]
    assert [p["name"] for p in told["processes"]] == ["master", "worker 1", "worker 2", "Connect server"]


def test_secrets_are_in_no_process_list_and_no_file(address, environment):
    assert all("the-secret" not in command for command in processes(environment).values())
    for file in pathlib.Path(environment["EMBER_STATE"]).rglob("*"):
        assert not file.is_file() or b"the-secret" not in file.read_bytes(), file
    assert (pathlib.Path(environment["EMBER_STATE"]) / "cluster").stat().st_mode & 0o777 == 0o700


def test_only_this_machine_can_reach_it(address, environment):
    sockets = set()
    for pid in processes(environment):
        try:
            links = list(pathlib.Path(f"/proc/{pid}/fd").iterdir())
        except FileNotFoundError:
            continue  # a helper of the start that has ended since
        for link in links:
            try:
                target = os.readlink(link)
            except OSError:
                continue
            if target.startswith("socket:["):
                sockets.add(target[8:-1])
    listening = []
    for table in ("tcp", "tcp6"):
        for line in pathlib.Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in sockets:
                listening.append(fields[1].split(":")[0])
    loopback = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}
    assert listening and set(listening) <= loopback


def test_up_twice(address, environment):
    again = cluster(environment, "up", "--workers", "2", "--memory", "800m")
    assert again.returncode == 0 and again.stdout.strip() == address and "already up" in again.stderr
    other = cluster(environment, "up", "--workers", "3", "--memory", "800m")
    assert other.returncode == 2 and "another cluster" in other.stderr and address in other.stderr


def test_a_query(spark):
    assert spark.range(1000, numPartitions=4).agg(F.sum("id")).collect()[0][0] == 499500


def test_a_worker_dies_in_mid_query(spark, environment):
    # Every row takes its time; that a Java method is called is of no interest.
    slow = (spark.range(0, 16, numPartitions=8)
            .filter("java_method('java.lang.Thread', 'sleep', 700L) IS NOT NULL")
            .groupBy((F.col("id") % 3).alias("k")).agg(F.sum("id").alias("total")))
    rows, failures = [], []

    def run():
        try:
            rows.extend(tuple(row) for row in slow.collect())
        except Exception as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    for _ in range(300):
        executors = [pid for pid, command in processes(environment).items() if "CoarseGrainedExecutor" in command]
        if len(executors) == 2:
            break
        time.sleep(0.1)
    time.sleep(1.5)
    worker = next(p for p in status(environment)["processes"] if p["name"] == "worker 1")
    folder = pathlib.Path(environment["EMBER_STATE"]) / "cluster/work/1"
    executor = [pid for pid, command in processes(environment).items()
                if "CoarseGrainedExecutor" in command and os.readlink(f"/proc/{pid}/cwd").startswith(str(folder))]
    for pid in [worker["pid"], *executor]:
        os.kill(pid, signal.SIGKILL)
    thread.join(180)
    assert not thread.is_alive() and not failures, failures
    assert sorted(rows) == [(0, 45), (1, 35), (2, 40)]
    told = cluster(environment, "status")
    assert told.returncode == 1 and "worker 1" in told.stdout and "ember cluster down" in told.stdout
    again = cluster(environment, "up", "--workers", "2", "--memory", "800m")
    assert again.returncode == 2 and "broken" in again.stderr


def test_down_leaves_nothing(environment, spark):
    spark.stop()
    assert len(processes(environment)) >= 4
    done = cluster(environment, "down")
    assert done.returncode == 0, done.stderr
    assert not processes(environment)
    assert not (pathlib.Path(environment["EMBER_STATE"]) / "cluster").exists()
    none = cluster(environment, "status")
    assert none.returncode == 1 and "no cluster is up" in none.stdout
    assert cluster(environment, "down").returncode == 0


@pytest.mark.parametrize("arguments, changes, words", [
    (["--spark-home", "/nowhere"], {}, "is no Spark"),
    (["--memory", "100m"], {}, "at least 640m"),
    (["--memory", "much"], {}, "'much'"),
    (["--workers", "0"], {}, "--workers"),
    ([], {"JAVA_HOME": "/nowhere"}, "openjdk-17-jre-headless"),
    ([], {"JAVA_HOME": "", "PATH": "/nowhere"}, "no java in PATH"),
    (["--s3"], {"AWS_SECRET_ACCESS_KEY": "", "AWS_EC2_METADATA_DISABLED": "true", "HOME": "/nowhere"}, "redential"),
])
def test_bad_input(arguments, changes, words, environment, tmp_path):
    cache = os.environ.get("EMBER_CACHE") or str(pathlib.Path.home() / ".cache/ember")
    changed = {**environment, "EMBER_STATE": str(tmp_path / "state"), "EMBER_CACHE": cache, **changes}
    done = cluster(changed, "up", *arguments)
    assert done.returncode != 0 and words in done.stderr and not done.stdout, done.stderr
    assert not processes(changed)
