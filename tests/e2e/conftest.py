"""A running `ember serve` and sessions of the installed PySpark client; EMBER_BIN names the program."""
import contextlib
import gc
import os
import pathlib
import re
import signal
import subprocess
import sys

import pyspark
import pytest
from pyspark.sql import SparkSession

ROOT = pathlib.Path(__file__).resolve().parents[2]

# What a client has; 3.5 is the oldest one.
IS_SPARK_35 = pyspark.__version__.startswith("3.5.")
if IS_SPARK_35:
    sys.setrecursionlimit(20_000)  # this client prints every plan, for a log that nobody asked for

# Tests of the program itself, which no client takes part in, run with one client only.
collect_ignore = [] if pyspark.__version__.startswith("4.0.") else [
    "test_compact.py", "test_s3_faults.py", "test_s3_transfer.py", "test_s3_ingest.py", "test_s3_keys.py",
    "test_s3_requests.py", "test_s3_waits.py", "test_s3_kills.py", "test_s3_live.py", "test_s3_encryption.py",
    "test_s3_tables.py"]
if IS_SPARK_35:
    collect_ignore.append("test_observe.py")  # "Observation support for Spark Connect is not implemented."

# A session that the cycle collector finds closes itself in the middle of whatever call the client is in, and PySpark's
# close waits for a thread that needs the same channel: both wait for ever. So no cycles are collected while tests run.
gc.disable()


def ember_binary():
    named = os.environ.get("EMBER_BIN")
    candidates = [named] if named else [ROOT / "build" / kind / "bin/ember" for kind in ("release", "dev")]
    for candidate in candidates:
        if pathlib.Path(candidate).exists():
            return str(candidate)
    pytest.fail(f"no ember program at {candidates}: build it, or set EMBER_BIN")


@contextlib.contextmanager
def serving(folder, *arguments):
    """Starts `ember serve` in `folder`; gives the process and the address it prints."""
    process = subprocess.Popen(
        [ember_binary(), "serve", "--port", "0", *arguments],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("sc://"), f"ember serve ended with {process.poll()}"
        yield process, address
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def connect(address):
    return SparkSession.builder.remote(address).create()


def condition_of(error):
    """The condition of one of PySpark's exceptions; the client of 3.5 has it in its message only."""
    if hasattr(error, "getCondition"):
        return error.getCondition()
    found = re.match(r"\s*(?:\([\w.$]+\) )?\[([A-Z0-9_.]+)\]", str(error))
    return found and found[1]


def to_arrow(frame):
    if not IS_SPARK_35:
        return frame.toArrow()
    return frame._session.client.to_table(frame._plan.to_proto(frame._session.client))[0]


def retry_once(session):
    """A client that gives up a server soon, not after minutes."""
    if IS_SPARK_35:
        session.client._retry_policy["max_retries"] = 1
    else:
        from pyspark.sql.connect.client.retries import DefaultPolicy
        session.client.set_retry_policies([DefaultPolicy(max_retries=1)])


def close(spark):
    """Ends this session only; the class's notion of an active session is reset."""
    spark.stop()


@pytest.fixture(scope="session")
def server_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="session")
def address(server_folder):
    with serving(server_folder) as (_, where):
        yield where


@pytest.fixture
def spark(address):
    session = connect(address)
    yield session
    close(session)


def run_python(program, *arguments, folder, options=(), environment=None, timeout=120):
    """`ember python` on a program's text with this test's own interpreter."""
    path = pathlib.Path(folder) / "job.py"
    path.write_text(program)
    variables = {k: v for k, v in os.environ.items() if not k.startswith("SPARK_")}
    variables.update(environment or {})
    return subprocess.run(
        [ember_binary(), "python", "--python", sys.executable, *options, str(path), *arguments],
        cwd=folder, env=variables, capture_output=True, text=True, timeout=timeout)
