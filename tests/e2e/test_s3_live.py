"""`ember sql` beside an `ember run` that lives: wherever the writer stands, the old rows or the new are read.

The writer stands still while the reader begins, and goes on to another of its requests before the reader's listing.
src/aws/s3_reader_test.cc has all pairs of requests, without the programs around them.
"""
import threading

import pytest

from fault_proxy import FaultProxy
from s3_kills import SCENARIOS, Killed
from s3_server import s3_server

NAMES = ("overwrite", "dynamic", "append", "error")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with s3_server(tmp_path_factory.mktemp("s3"), "bucket") as running:
        yield running


class Gate:
    """Lets requests pass up to a number."""

    def __init__(self):
        self.passing, self.seen, self.changed = 0, 0, threading.Condition()

    def wait(self, number, _):
        with self.changed:
            self.seen = number
            self.changed.notify_all()
            self.changed.wait_for(lambda: number <= self.passing)

    def run_to(self, number, process):
        """Until the request after `number` waits, or the process has ended."""
        with self.changed:
            self.passing = max(self.passing, number)
            self.changed.notify_all()
            while self.seen <= number and process.poll() is None:
                self.changed.wait(0.05)


@pytest.mark.parametrize("name", NAMES)
def test_reads_beside_a_live_writer(server, tmp_path, name):
    killed = Killed(next(scenario for scenario in SCENARIOS if scenario.name == name), server, tmp_path)
    found = []
    try:
        for second in range(6, 18, 2):
            gate = Gate()
            target, process, _ = killed.start(gate.wait)
            gate.run_to(second - 5, process)
            with FaultProxy(server.address) as proxy:
                def decide(request):
                    if request.operation == "List":
                        gate.run_to(second, process)
                proxy.decide = decide
                rows = killed.read(target, proxy.url)
            gate.run_to(1000, process)
            assert process.wait(60) == 0
            new = killed.after(killed.old)
            assert rows in (killed.old, new), f"the writer goes on to request {second} before the listing"
            assert killed.rows(target) == new
            found.append("new" if rows == new else "old")
    finally:
        killed.close()
    assert set(found) == {"old", "new"}, found
