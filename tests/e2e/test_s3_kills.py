"""kill -9 at requests of a run that writes to S3, in all modes (s3_kills.py says what is promised).

One request in three of each scenario (in five of those with large files); EMBER_S3_KILLS=all, as in `make soak`, is
every one, also half sent.
"""
import os

import pytest

from s3_kills import SCENARIOS, Killed
from s3_server import s3_server

ORDERS = ("read", "clean", "rerun")
IS_ALL = os.environ.get("EMBER_S3_KILLS") == "all"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with s3_server(tmp_path_factory.mktemp("s3"), "bucket") as running:
        yield running


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_killed_at_each_request(server, scenario, tmp_path):
    killed = Killed(scenario, server, tmp_path)
    try:
        for fault in ("die_after", "die_torn") if IS_ALL else ("die_after",):
            step = 1 if IS_ALL else 5 if scenario.width else 3
            first = 1 if IS_ALL else 1 + SCENARIOS.index(scenario) % step
            last = killed.kill_at_each(fault, first, step, ORDERS)
            assert last > 9, f"only {last} requests"
    finally:
        killed.close()
    print(killed.report())
    assert killed.found["old"] and killed.found["new"] or not IS_ALL
