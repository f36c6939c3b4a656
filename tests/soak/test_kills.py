"""kill -9 at random moments of a run: whoever then reads through Ember finds exactly the old rows or exactly the new,
and the run repeated succeeds and leaves nothing beside its outputs.

EMBER_BIN names the program; EMBER_KILL_SEED repeats a run's moments, as far as the machine's timing allows.
"""
import collections
import csv
import dataclasses
import glob
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import time
import urllib.parse

import pyarrow.parquet
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
EMBER = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
SEED = int(os.environ.get("EMBER_KILL_SEED") or random.SystemRandom().randrange(1 << 32))
PARTITIONS, ROWS_A_PARTITION = 80, 60
ANYWHERE, IN_COMMIT = 15, 10  # kills of each scenario


@dataclasses.dataclass(frozen=True)
class Sink:
    name: str
    format: str
    mode: str
    partitioned: bool = True
    dynamic: bool = False

    def yaml(self):
        options = {"header": "true"} if self.format == "csv" else {}
        if not self.partitioned:
            options["maxRecordsPerFile"] = str(ROWS_A_PARTITION)
        if self.dynamic:
            options["partitionOverwriteMode"] = "dynamic"
        return {"from": "rows", "path": self.name, "format": self.format, "mode": self.mode, "options": options,
                **({"partition_by": ["day"]} if self.partitioned else {})}

    def after_write(self, rows):
        """What a successful run makes of a target that holds `rows`."""
        if self.mode == "append":
            return rows + NEW
        kept = [row for row in rows if self.dynamic and row[1] not in {new[1] for new in NEW}]
        return collections.Counter(kept) + NEW


def generation(name, days):
    return collections.Counter((f"{name}-{day}-{i}", str(day), str(i * 7919 % 1000)) for day in days
                               for i in range(ROWS_A_PARTITION))


# The second half of the old days is also in the new rows.
OLD = generation("old", range(PARTITIONS))
NEW = generation("new", range(PARTITIONS // 2, PARTITIONS + PARTITIONS // 2))

SCENARIOS = {
    "parquet overwrite": [Sink("out", "parquet", "overwrite", partitioned=False)],
    "parquet overwrite of partitions": [Sink("out", "parquet", "overwrite")],
    "parquet append": [Sink("out", "parquet", "append")],
    "parquet dynamic": [Sink("out", "parquet", "overwrite", dynamic=True)],
    "csv overwrite": [Sink("out", "csv", "overwrite", partitioned=False)],
    "csv append": [Sink("out", "csv", "append", partitioned=False)],
    "csv dynamic": [Sink("out", "csv", "overwrite", dynamic=True)],
    "two sinks": [Sink("first", "parquet", "overwrite", dynamic=True), Sink("second", "csv", "append")],
}


class Workshop:
    """The folder of one scenario: its inputs, its pipelines, the old state of its sinks."""

    def __init__(self, folder, sinks):
        self.folder, self.sinks = pathlib.Path(folder), sinks
        (self.folder / "scratch").mkdir()
        for name, rows in (("old", OLD), ("new", NEW)):
            with open(self.folder / f"{name}.csv", "w", newline="") as file:
                csv.writer(file).writerows([("id", "day", "value"), *rows.elements()])
            pipeline = {"name": name, "inputs": {"rows": {"format": "csv", "path": f"../{name}.csv", "columns": {
                "id": "string", "day": "int", "value": "string"}}}, "outputs": {s.name: s.yaml() for s in sinks}}
            # JSON is YAML.
            (self.folder / "work").mkdir(exist_ok=True)
            (self.folder / "work" / f"{name}.yaml").write_text(json.dumps(pipeline))
        assert self.start("old").wait() == 0
        (self.folder / "snapshot").mkdir()
        for sink in sinks:
            (self.folder / "work" / sink.name).rename(self.folder / "snapshot" / sink.name)

    def environment(self):
        return {**os.environ, "TMPDIR": str(self.folder / "scratch")}

    def start(self, pipeline):
        """A run, as leader of a process group of its own."""
        return subprocess.Popen([EMBER, "run", "--quiet", f"work/{pipeline}.yaml"], cwd=self.folder,
                                env=self.environment(), start_new_session=True)

    def reset(self):
        for sink in self.sinks:
            target = self.folder / "work" / sink.name
            shutil.rmtree(target, ignore_errors=True)
            # Ember replaces files and never writes into one that is there.
            shutil.copytree(self.folder / "snapshot" / sink.name, target, copy_function=os.link)

    def committing(self, sink):
        """Whether the staged files of the sink are complete: what follows is the commit."""
        return glob.glob(f"{self.folder}/work/.ember-{sink.name}-*.new/_SUCCESS")

    def read(self, sink):
        """The rows as Ember reads them; reading recovers what a killed run left."""
        path = self.folder / "work" / sink.name
        view = ["CREATE TEMP VIEW v USING csv OPTIONS (path '{}', header 'true')".format(path)]
        table = f"parquet.`{path}`" if sink.format == "parquet" else "v"
        done = subprocess.run([EMBER, "sql", "--format", "json", *(view if table == "v" else []),
                               f"SELECT id, day, value FROM {table}"], cwd=self.folder, env=self.environment(),
                              capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        rows = (json.loads(line) for line in done.stdout.splitlines())
        return collections.Counter((row["id"], str(row["day"]), row["value"]) for row in rows)

    def read_files(self, sink):
        """The rows as another reader finds them in the files."""
        rows = collections.Counter()
        for path in (self.folder / "work" / sink.name).rglob(f"part-*.{sink.format}"):
            if sink.format == "parquet":
                found = pyarrow.parquet.ParquetFile(path).read().to_pylist()
            else:
                with open(path, newline="") as file:
                    found = list(csv.DictReader(file))
            if sink.partitioned:
                day = urllib.parse.unquote(path.parent.name.removeprefix("day="))
                found = [{**row, "day": day} for row in found]
            rows.update((row["id"], str(row["day"]), row["value"]) for row in found)
        return rows

    def leftovers(self):
        sinks = {sink.name for sink in self.sinks}
        found = [p for p in os.listdir(self.folder / "work") if p not in sinks and not p.endswith(".yaml")]
        for sink in self.sinks:
            found += [str(p) for p in (self.folder / "work" / sink.name).rglob("*") if p.name.startswith(".ember")]
        return found + [str(p) for p in (self.folder / "scratch").rglob("*") if not p.is_dir() or "spill" in p.name]

    def measure(self, sink):
        """Seconds of a whole run, and of one sink's commit."""
        self.reset()
        start = time.monotonic()
        process = self.start("new")
        begin, end = None, None
        while process.poll() is None:
            now = time.monotonic()
            if begin is None and self.committing(sink):
                begin = now
            if begin is not None and end is None and not glob.glob(f"{self.folder}/work/.ember-{sink.name}-*"):
                end = now
            time.sleep(0.001)
        done = time.monotonic()
        assert process.returncode == 0
        return done - start, (end or done) - (begin or done)


def kill(process):
    """The run and all that it started."""
    os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


def check(workshop, moment):
    """After a kill: each sink is old or new, in the order of the sinks; the rerun then makes them new."""
    states, before = [], {}
    for sink in workshop.sinks:
        rows = workshop.read(sink)
        new = sink.after_write(OLD)
        assert rows in (OLD, new), f"{moment}: {sink}: neither old nor new: {describe(rows)}"
        assert workshop.read_files(sink) == rows, f"{moment}: {sink}: the files hold something else"
        states.append("new" if rows == new else "old")
        before[sink] = rows
    assert states == sorted(states), f"{moment}: a later sink is written, an earlier one is not: {states}"
    assert workshop.start("new").wait() == 0, f"{moment}: the rerun fails"
    for sink in workshop.sinks:
        expected = sink.after_write(before[sink])
        assert workshop.read(sink) == expected, f"{moment}: {sink}: after the rerun"
        assert workshop.read_files(sink) == expected, f"{moment}: {sink}: files after the rerun"
    assert not workshop.leftovers(), f"{moment}: {workshop.leftovers()}"
    return states[-1]


def describe(rows):
    kinds = collections.Counter()
    for (name, _, _), count in rows.items():
        kinds[name.split("-")[0]] += count
    return dict(kinds)


@pytest.fixture(scope="module", params=sorted(SCENARIOS))
def workshop(request, tmp_path_factory):
    made = Workshop(tmp_path_factory.mktemp("kills"), SCENARIOS[request.param])
    made.name = request.param
    yield made
    shutil.rmtree(made.folder, ignore_errors=True)


def test_killed_anywhere(workshop):
    draw = random.Random(f"{SEED} {workshop.name}")
    seconds = sorted(workshop.measure(workshop.sinks[0])[0] for _ in range(3))[1]
    killed = 0
    for number in range(ANYWHERE):
        if number and killed < number / 2:  # the machine was busier when it was measured
            seconds = workshop.measure(workshop.sinks[0])[0]
        workshop.reset()
        delay = draw.uniform(0, seconds)
        process = workshop.start("new")
        time.sleep(delay)
        killed += kill(process) == -signal.SIGKILL
        check(workshop, f"seed {SEED}, kill {number} after {delay:.4f} of {seconds:.4f} s")
    print(f"seed {SEED}, {workshop.name}: {killed} of {ANYWHERE} runs of {seconds:.2f} s were killed")
    assert killed >= ANYWHERE / 2, f"only {killed} of {ANYWHERE} runs still ran when they were to be killed"


def test_killed_in_the_commit(workshop):
    draw = random.Random(f"{SEED} commit {workshop.name}")
    seconds = {sink: max(workshop.measure(sink)[1] for _ in range(2)) for sink in workshop.sinks}
    states, unfinished = collections.Counter(), 0
    for number in range(IN_COMMIT):
        workshop.reset()
        sink = workshop.sinks[number % len(workshop.sinks)]
        delay = draw.uniform(0, seconds[sink])
        process = workshop.start("new")
        while process.poll() is None and not workshop.committing(sink):
            time.sleep(0.001)
        time.sleep(delay)
        kill(process)
        unfinished += bool(workshop.leftovers())
        states[check(workshop, f"seed {SEED}, {sink.name}, kill {number} after {delay:.4f} of {seconds[sink]:.4f} s "
                               "of the commit")] += 1
    print(f"seed {SEED}, {workshop.name}: commits of {list(seconds.values())} s; found {dict(states)}; "
          f"{unfinished} kills left something to recover")
    assert unfinished, "no kill was early enough to leave anything"
