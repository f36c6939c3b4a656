"""A proxy before the S3 server of the tests that counts what goes through it."""
import collections
import time

from fault_proxy import FaultProxy

Call = collections.namedtuple("Call", "operation target range began ended up down")


class CountingProxy(FaultProxy):
    """Counts requests and bytes, and may hold each request up for as long as a network does (`delay_s`)."""

    def __init__(self, upstream, delay_s=0.0):
        super().__init__(upstream)
        self.delay_s = delay_s
        self.calls = []

    def ask(self, head, request):
        began = time.monotonic()
        time.sleep(self.delay_s)
        answer = super().ask(head, request)
        with self.lock:
            self.calls.append(Call(request.operation, request.target, request.headers.get("range"), began,
                                   time.monotonic(), len(request.body), len(answer[2])))
        return answer

    def counts(self):
        return collections.Counter(call.operation for call in self.calls)

    def bytes_down(self, operation="Get"):
        return sum(call.down for call in self.calls if call.operation == operation)

    def summary(self):
        down, up = (sum(getattr(call, way) for call in self.calls) / 2**20 for way in ("down", "up"))
        return (f"{len(self.calls)} requests, {down:.0f} MB down, {up:.0f} MB up",
                ", ".join(f"{count} {name}" for name, count in self.counts().most_common()))
