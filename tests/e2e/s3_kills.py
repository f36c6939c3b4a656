"""Kills of a run that writes to S3: `kill -9` when a request has reached the server, or half of it, or nothing.

A killed run leaves, to whoever reads through Ember, exactly the old rows or exactly the new; and after `ember s3 clean`,
or a run that comes to its end, to any reader.
"""
import collections
import concurrent.futures
import contextlib
import copy
import dataclasses
import glob
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import threading
import time

from conftest import ember_binary
from fault_proxy import FaultProxy
from s3_foreign import data_files, rows_of
from s3_server import aws_environment

ROWS = 12
LANES = 4  # runs at a time


@dataclasses.dataclass(frozen=True)
class Scenario:
    name: str
    mode: str
    format: str = "parquet"
    partitioned: bool = True
    dynamic: bool = False
    width: int = 0  # bytes of a row, so that a file has parts that go to S3 while the rest is written

    @property
    def creates(self):
        return self.mode in ("error", "ignore")

    @property
    def rows(self):
        return ROWS if not self.width else (20 << 20) // self.width

    def pipeline(self, path, generation):
        """Generation 0 has days 0 and 1, generation 1 days 1 and 2."""
        first = generation * 1000000
        text = f"repeat(md5(cast(id AS string)), {self.width // 32})" if self.width and generation else "'x'"
        count = self.rows if generation else ROWS
        options = {"partitionOverwriteMode": "dynamic"} if self.dynamic else {}
        if self.format == "csv":
            options["header"] = "true"
        if not self.partitioned:
            options["maxRecordsPerFile"] = str(count // 2)
        return json.dumps({
            "inputs": {"seed": {"format": "csv", "path": "seed.csv", "columns": {"x": "int"}}},
            "steps": {"rows": {"do": [{"sql": f"SELECT id, cast(id % 2 + {generation} AS int) AS day, {text} AS t "
                                              f"FROM range({first}, {first + count})"}]}},
            "outputs": {"out": {"from": "rows", "path": path, "format": self.format, "options": options,
                                "mode": self.mode if generation else "error",
                                **({"partition_by": ["day"]} if self.partitioned else {})}}})


SCENARIOS = [
    Scenario("overwrite", "overwrite", partitioned=False),
    Scenario("overwrite-partitions", "overwrite"),
    Scenario("dynamic", "overwrite", dynamic=True),
    Scenario("append", "append"),
    Scenario("error", "error"),
    Scenario("ignore", "ignore", partitioned=False),
    Scenario("csv-overwrite", "overwrite", "csv", partitioned=False),
    Scenario("csv-dynamic", "overwrite", "csv", dynamic=True),
    Scenario("csv-append", "append", "csv", partitioned=False),
    Scenario("csv-error", "error", "csv"),
    Scenario("large-overwrite", "overwrite", "csv", partitioned=False, width=2048),
    Scenario("large-dynamic", "overwrite", "csv", dynamic=True, width=2048),
]


def short(rows):
    """Rows with long texts made short, as Ember is asked for them, too."""
    return sorted(tuple((k, v if len(v) < 100 else f"{len(v)}:{v[:32]}") for k, v in row) for row in rows)


class Killed:
    """One scenario on one server: runs that are killed, and what is found after them."""

    def __init__(self, scenario, server, folder):
        self.scenario, self.server, self.folder = scenario, server, folder
        self.s3 = server.client("bucket")
        self.proxy = FaultProxy(server.address).__enter__()
        self.found = collections.Counter()
        self.windows_ms = []
        self.names = itertools.count(1)
        self.old, self.snapshot = [], {}
        (folder / "seed.csv").write_text("x\n1\n")
        if not scenario.creates:
            self.run(self.write("old", 0), check=True)
            base = self.path("old") + "/"
            self.old = short(rows_of(self.s3, self.path("old")))
            self.snapshot = {key.removeprefix(base): self.s3.get(key) for key in self.s3.keys(base)}
            self.journal = self.s3.get(base.rpartition("/out/")[0] + "/.ember-out.journal")
        self.run(self.write("new", 1, mode="overwrite"), check=True)
        self.new = short(rows_of(self.s3, self.path("new")))
        self.new_files = len(data_files(self.s3, self.path("new")))
        days = {dict(row)["day"] for row in self.new}
        self.kept = {key for key in self.snapshot if scenario.mode == "append" or scenario.dynamic and
                     key.partition("/")[0].removeprefix("day=") not in days} - {"_SUCCESS"}

    def close(self):
        self.proxy.__exit__()

    def lane(self, number):
        """Another hand at the same scenario, with a proxy, a client and a folder of its own."""
        lane = copy.copy(self)
        lane.s3, lane.proxy = self.server.client("bucket"), FaultProxy(self.server.address).__enter__()
        lane.found, lane.windows_ms = collections.Counter(), []
        lane.folder = self.folder / f"lane-{number}"
        lane.folder.mkdir(exist_ok=True)
        (lane.folder / "seed.csv").write_text("x\n1\n")
        return lane

    def in_lanes(self, work):
        """Calls work(lane) in several threads; what the lanes found is this scenario's."""
        lanes = [self.lane(number) for number in range(LANES)]
        try:
            with concurrent.futures.ThreadPoolExecutor(LANES) as pool:
                for done in [pool.submit(work, lane) for lane in lanes]:
                    done.result()
        finally:
            for lane in lanes:
                lane.close()
                self.found += lane.found
                self.windows_ms += lane.windows_ms

    def kill_at_each(self, fault, first, step, orders):
        """A kill at every `step`th request from `first` on, several runs at a time; the last one's number."""
        numbers, ended, lock = itertools.count(first, step), [], threading.Lock()

        def work(lane):
            while not ended:
                with lock:
                    number = next(numbers)
                try:
                    if not lane.kill_at(number, fault, orders[number // step % len(orders)]):
                        ended.append(number)
                except BaseException:
                    ended.append(number)
                    raise

        self.in_lanes(work)
        return min(ended)

    def kill_anywhere(self, count, seed, orders):
        """`count` kills at random moments, several runs at a time."""
        state, lock = {"left": count, "spare": 100}, threading.Lock()

        def work(lane):
            draw = random.Random(f"{seed} {self.scenario.name} {lane.folder.name}")
            while True:
                with lock:
                    if state["left"] <= 0:
                        return
                    state["left"] -= 1
                if lane.kill_about(draw, draw.choice(orders)):
                    continue
                with lock:  # the run ended before its kill
                    state["left"] += 1
                    state["spare"] -= 1
                    assert state["spare"], f"seed {seed}: {self.scenario.name}: the runs end before they are killed"

        self.in_lanes(work)

    def path(self, name):
        return f"{self.scenario.name}/{name}/out"

    def write(self, name, generation, mode=None):
        file = self.folder / f"{self.scenario.name}-{name}-{generation}.yaml"
        scenario = dataclasses.replace(self.scenario, mode=mode or self.scenario.mode)
        file.write_text(scenario.pipeline("s3://bucket/" + self.path(name), generation))
        return file

    def environment(self, endpoint):
        return {**os.environ, **aws_environment(endpoint, self.folder), "TMPDIR": str(self.folder)}

    def run(self, file, check=False):
        done = subprocess.run([ember_binary(), "run", "--quiet", str(file)], cwd=self.folder, capture_output=True,
                              text=True, env=self.environment(self.server.url), timeout=240)
        assert not check or done.returncode == 0, done.stderr
        return done

    def after(self, rows):
        """What a run that succeeds makes of `rows`."""
        if self.scenario.mode == "append":
            return sorted(rows + self.new)
        if self.scenario.mode == "ignore" and rows:
            return rows
        days = {dict(row)["day"] for row in self.new}
        return sorted([row for row in rows if self.scenario.dynamic and dict(row)["day"] not in days] + self.new)

    def read(self, name, endpoint=None):
        """The rows as Ember reads them."""
        path = "s3://bucket/" + self.path(name)
        view = f"CREATE TEMP VIEW v USING {self.scenario.format} OPTIONS (path '{path}', header 'true')"
        done = subprocess.run([ember_binary(), "sql", "--format", "json", view,
                               "SELECT cast(day AS string) AS day, cast(id AS string) AS id, "
                               "if(length(t) < 100, t, concat(length(t), ':', left(t, 32))) AS t FROM v"],
                              cwd=self.folder, capture_output=True, text=True,
                              env=self.environment(endpoint or self.server.url), timeout=120)
        if done.returncode and "PATH_NOT_FOUND" in done.stderr:
            return []
        assert done.returncode == 0, done.stderr
        return sorted(tuple(json.loads(line).items()) for line in done.stdout.splitlines())

    def clean(self, name):
        done = subprocess.run([ember_binary(), "s3", "clean", "s3://bucket/" + self.path(name), "--older-than", "0"],
                              cwd=self.folder, capture_output=True, text=True,
                              env=self.environment(self.server.url), timeout=120)
        assert done.returncode == 0, done.stderr

    def rows(self, name):
        return short(rows_of(self.s3, self.path(name)))

    def journal_of(self, name):
        key = f"{self.scenario.name}/{name}/.ember-out.journal"
        return json.loads(self.s3.get(key)) if key in self.s3.keys(key) else {"state": ""}

    def at_once(self, name):
        """What another reader would find before anybody has looked after the killed write."""
        files = {key.rpartition("/out/")[2] for key in data_files(self.s3, self.path(name))}
        left = files & set(self.snapshot)
        is_old = files == {key for key in self.snapshot if not key.endswith("_SUCCESS")}
        is_new = left == self.kept and len(files - left) == self.new_files
        return "old" if is_old else "new" if is_new else "mixed"

    def start(self, faults):
        """A run through the proxy with `faults` by a request and its number; its name, process and times."""
        number = next(self.names)
        name = str(number)
        for key, content in self.snapshot.items():
            self.s3.put(f"{self.path(name)}/{key}", content)
        if self.snapshot and number % 2:  # else as another program has written it
            self.s3.put(f"{self.scenario.name}/{name}/.ember-out.journal", self.journal)
        file = self.write(name, 1)
        lock, count, dead, times = threading.Lock(), [0], threading.Event(), {}
        process = None

        def decide(request):
            with lock:
                if dead.is_set():
                    return "reset"
                count[0] += 1
                if request.operation == "UploadPart" and not glob.glob(f"{self.folder}/ember-s3-*/_SUCCESS"):
                    times["early"] = True  # the query still runs
                if request.operation == "Complete":
                    times.setdefault("first", time.monotonic())
                if request.operation == "Put" and b'"done"' in request.body:
                    times["last"] = time.monotonic()
                fault = faults(count[0], request)
                if fault:
                    dead.set()
                return fault

        def kill():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

        self.proxy.decide, self.proxy.kill = decide, kill
        process = subprocess.Popen([ember_binary(), "run", "--quiet", "--threads", "1", str(file)], cwd=self.folder,
                                   env=self.environment(self.proxy.url), start_new_session=True,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return name, process, times

    def kill_at(self, number, fault, order):
        """Kills a run at its request of that number; whether it was still there to be killed."""
        return self.finish(lambda count, _: fault if count == number else None, order,
                           f"{fault} at request {number}")

    def kill_about(self, draw, order):
        """Kills a run some time after one of its requests."""
        number, delay = draw.randrange(1, 16), draw.choice([0, draw.uniform(0, 0.02), draw.uniform(0, 0.3)])

        def faults(count, _):
            if count == number:
                threading.Timer(delay, self.proxy.kill).start()
        return self.finish(faults, order, f"{delay:.4f} s after request {number}")

    def finish(self, faults, order, moment):
        seen = len(self.proxy.seen)
        name, process, times = self.start(faults)
        code = process.wait(120)
        self.proxy.wait_until_idle()
        operations = [row.operation for row in self.proxy.seen[seen:] if row.fault != "reset"]
        moment = f"{self.scenario.name}, killed {moment}: {' '.join(operations)}"
        self.found["with parts sent early"] += "early" in times
        shutil.rmtree(next(self.folder.glob("ember-s3-*"), self.folder / "none"), ignore_errors=True)
        if code == -signal.SIGKILL:
            self.check(name, order, moment)
            return True
        assert code == 0, f"{moment}: exit code {code}"
        assert self.rows(name) == self.after(self.old), moment
        if "last" in times:
            self.windows_ms.append((times["last"] - times["first"]) * 1000)
        return False

    def check(self, name, order, moment):
        old, new = self.old, self.after(self.old)
        self.found["foreign " + self.at_once(name)] += 1
        if order == "rerun" and self.journal_of(name)["state"] != "prepared":  # else it waits for the end of a lease
            done = self.run(self.write(name, 1))
            is_there = self.scenario.mode == "error" and "PATH_ALREADY_EXISTS" in done.stderr
            assert done.returncode == 0 or is_there, f"{moment}: the rerun: {done.stderr}"
            found = self.rows(name)
            wanted = [new] if is_there else [self.after(old), self.after(new)]
            assert found in wanted, f"{moment}: after the rerun: {summary(found)}"
            assert self.read(name) == found, f"{moment}: through Ember after the rerun"
            self.clean(name)
            assert self.rows(name) == found, f"{moment}: cleaned after the rerun"
            self.found["rerun"] += 1
        else:
            if order == "read":
                found = self.read(name)
                self.clean(name)
                assert self.rows(name) == found, f"{moment}: another reader finds what Ember has not found"
            else:
                self.clean(name)
                found = self.rows(name)
                assert self.read(name) == found, f"{moment}: Ember finds what no other reader finds"
            assert found in (old, new), f"{moment}: neither old nor new: {summary(found)}"
            self.found["new" if found == new else "old"] += 1
        base = f"{self.scenario.name}/{name}/"
        assert not self.s3.uploads(base), f"{moment}: {self.s3.uploads(base)}"
        assert not [key for key in self.s3.keys(base) if "/.ember" in key], f"{moment}: {self.s3.keys(base)}"

    def report(self):
        counts = ", ".join(f"{count} {name}" for name, count in sorted(self.found.items()))
        window = f"; another reader sees both for {max(self.windows_ms):.0f} ms" if self.windows_ms else ""
        return f"{self.scenario.name}: {counts}{window}"


def summary(rows):
    return dict(collections.Counter(dict(row)["day"] + (" old" if int(dict(row)["id"]) < 1000000 else " new")
                                    for row in rows))
