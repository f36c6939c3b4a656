"""What the tests against a real Spark 3.5 share; its server is EMBER_SPARK35_URL, its package EMBER_SPARK35_HOME."""
import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
sys.path[:0] = [str(ROOT / "tests/live"), str(ROOT / "tests/e2e")]


@pytest.fixture(scope="session")
def spark_url():
    url = os.environ.get("EMBER_SPARK35_URL")
    assert url, "EMBER_SPARK35_URL names no real Spark 3.5: tools/spark/server.py start --spark 3.5.6"
    return url


def ember(*arguments, cwd=None, timeout=300, **environment):
    return subprocess.run([BINARY, *arguments], cwd=cwd, capture_output=True, text=True, timeout=timeout,
                          env={**os.environ, "TZ": "UTC", **environment})


def well(*arguments, **options):
    done = ember(*arguments, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def same(one, other, *arguments):
    done = ember("diff", str(one), str(other), *arguments)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def spark_home():
    home = pathlib.Path(os.environ.get("EMBER_SPARK35_HOME") or "/nowhere")
    assert (home / "bin/spark-submit").exists(), "EMBER_SPARK35_HOME names no Spark: tools/setup/python.sh spark-3.5.6"
    return home


def submit_environment(spark_home):
    """For spark-submit of that Spark, with the Python that it lies in."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK_", "PYSPARK_", "PYTHONPATH"))}
    python = str(spark_home.parents[3] / "bin/python3")
    return {**kept, "SPARK_HOME": str(spark_home), "SPARK_LOCAL_IP": "127.0.0.1", "TZ": "UTC", "PYSPARK_PYTHON": python,
            "PYSPARK_DRIVER_PYTHON": python}
