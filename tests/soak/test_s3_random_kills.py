"""A hundred kills at random moments of runs that write to S3, and, in test_every_request, one at each request.

test_every_moment_of_a_reader is the same of live writers, none of them killed. EMBER_KILL_SEED repeats a run's moments, as
far as the machine's timing allows.
"""
import collections
import os
import pathlib
import random
import subprocess
import sys

E2E = pathlib.Path(__file__).resolve().parents[1] / "e2e"
sys.path.insert(0, str(E2E))

from conftest import ember_binary  # noqa: E402
from s3_kills import SCENARIOS, Killed  # noqa: E402
from s3_server import s3_server  # noqa: E402

SEED = int(os.environ.get("EMBER_KILL_SEED") or random.SystemRandom().randrange(1 << 32))
KILLS = 100


def test_killed_anywhere(tmp_path):
    found, windows = collections.Counter(), []
    with s3_server(tmp_path, "bucket") as server:
        for number, scenario in enumerate(SCENARIOS):
            folder = tmp_path / scenario.name
            folder.mkdir()
            killed = Killed(scenario, server, folder)
            wanted = KILLS * (number + 1) // len(SCENARIOS) - KILLS * number // len(SCENARIOS)
            killed.kill_anywhere(wanted, SEED, ["read", "clean", "rerun"])
            killed.close()
            print(killed.report())
            found += killed.found
            windows += killed.windows_ms
    print(f"seed {SEED}: {KILLS} kills: {dict(found)}")
    assert found["old"] > 10 and found["new"] > 10, found


def test_every_request():
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider",
                           str(E2E / "test_s3_kills.py")], env={**os.environ, "EMBER_S3_KILLS": "all"}, text=True,
                          capture_output=True, timeout=3000)
    print(done.stdout)
    assert done.returncode == 0, done.stdout[-6000:]


def test_every_moment_of_a_reader():
    """Readers beside live writers, at each pair of their requests (src/aws/s3_reader_test.cc)."""
    test = pathlib.Path(ember_binary()).with_name("ember_aws_test")
    done = subprocess.run([str(test), "--gtest_filter=S3ReaderTest.*", "--gtest_brief=1"], cwd=E2E.parents[1], text=True,
                          env={**os.environ, "EMBER_S3_KILLS": "all"}, capture_output=True, timeout=3000)
    print(done.stdout)
    assert done.returncode == 0, done.stdout[-6000:]
