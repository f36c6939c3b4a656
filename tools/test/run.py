"""Runs the tests in stages; prints each stage's time and, as the last line, the sum of their counts.

    tools/test/run.py [--soak] [--only NAME ...] [--list]

A stage is a command and the way to count what it did. Stages whose input does not exist yet in this
checkout are left out by name. The exit code is not 0 when anything failed.
"""
import argparse
import concurrent.futures
import glob
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path(os.environ.get("EMBER_CACHE") or pathlib.Path.home() / ".cache" / "ember")
PRESET = os.environ.get("PRESET", "dev")
CLIENTS = ("3.5.6", "4.0.2", "4.1.3", "4.2.0")
SPARK = "4.0.2"
OTHER_S3 = "moto-5.2.5"
SPARK_PORT = os.environ.get("EMBER_SPARK_PORT", "15461")
SPARK_URL = f"sc://127.0.0.1:{SPARK_PORT}"
CLUSTER_PORT = os.environ.get("EMBER_CLUSTER_PORT", "15463")
CLUSTER_URL = f"sc://127.0.0.1:{CLUSTER_PORT}"
SPARK35 = "3.5.6"
SPARK35_PORT = os.environ.get("EMBER_SPARK35_PORT", "15465")
SPARK35_URL = f"sc://127.0.0.1:{SPARK35_PORT}"


@dataclass
class Counts:
    passed: int = 0
    failures: list = field(default_factory=list)  # (name, message)
    skips: list = field(default_factory=list)  # (name, reason)

    def add(self, other):
        self.passed += other.passed
        self.failures += other.failures
        self.skips += other.skips


def count_exit_code(stage, code, output, report):
    """The command is one test."""
    return Counts(passed=1) if code == 0 else Counts(failures=[(stage.name, output.strip()[-6000:])])


def count_nothing(stage, code, output, report):
    """The command is not a test, but the rest cannot go on without it."""
    return Counts() if code == 0 else Counts(failures=[(stage.name, output.strip()[-6000:])])


def count_googletest(stage, code, output, report):
    counts = Counts()
    if not report.exists() or not report.stat().st_size:
        return Counts(failures=[(stage.name, f"no report, exit code {code}\n" + output.strip()[-4000:])])
    for suite in json.loads(report.read_text())["testsuites"]:
        for test in suite["testsuite"]:
            name = f"{suite['name']}.{test['name']}"
            if test.get("failures"):
                counts.failures.append((name, "\n".join(f["failure"] for f in test["failures"])))
            elif test.get("result") == "SKIPPED" or test.get("status") == "NOTRUN":
                reasons = [s.get("message", "") for s in test.get("skipped", [])]
                counts.skips.append((name, " ".join(reasons).strip().splitlines()[-1] if any(reasons) else
                                     "disabled in its source"))
            else:
                counts.passed += 1
    if code != 0 and not counts.failures:
        counts.failures.append((stage.name, f"exit code {code}\n" + output.strip()[-4000:]))
    return counts


def count_pytest(stage, code, output, report):
    counts = Counts()
    if not report.exists() or not report.stat().st_size:
        return Counts(failures=[(stage.name, f"no report, exit code {code}\n" + output.strip()[-4000:])])
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = f"{stage.name}: {case.get('classname')}.{case.get('name')}"
        problem = case.find("failure") if case.find("failure") is not None else case.find("error")
        if problem is not None:
            counts.failures.append((name, (problem.text or problem.get("message") or "")[-3000:]))
        elif case.find("skipped") is not None:
            counts.skips.append((name, case.find("skipped").get("message") or "no reason given"))
        else:
            counts.passed += 1
    if code not in (0, 5) and not counts.failures:
        counts.failures.append((stage.name, f"exit code {code}\n" + output.strip()[-4000:]))
    return counts


@dataclass
class Stage:
    name: str
    command: list  # "{report}" in it stands for the report's path
    count: object = count_exit_code
    group: str = ""
    environment: dict = field(default_factory=dict)
    is_required: bool = False  # nothing after it can run when it fails
    timeout_s: int = 900


EMR_TOOLS = "emr-2"  # cfn-lint, the AWS CLI, botocore, policy_sentry


@dataclass
class Together:
    """Stages that run at the same time."""
    stages: list
    name: str = ""
    group: str = ""
    is_required: bool = False

    def __post_init__(self):
        self.name = " + ".join(stage.name for stage in self.stages)
        self.group = self.stages[0].group


def python_of(client):
    return str(CACHE / f"venv-client-{client}" / "bin" / "python")


def python_of_emr_tools():
    return str(CACHE / f"venv-{EMR_TOOLS}" / "bin" / "python")


def googletest_stages(preset, environment=None):
    """One stage per test binary that the build made; asked for after the build. With an environment: sanitized. Suites
    named Live... need a real Spark: tests/live runs them."""
    # Instrumented frames are several times larger, so deep plans need more than the usual 8 MB of stack.
    prefix = ["prlimit", f"--stack={64 << 20}"] if environment else []
    return [Stage(f"{preset}: {pathlib.Path(binary).name}",
                  [*prefix, binary, "--gtest_brief=1", "--gtest_output=json:{report}", "--gtest_filter=-Live*"],
                  count_googletest, "unit", environment or {}, timeout_s=3600 if environment else 900)
            for binary in sorted(glob.glob(str(ROOT / f"build/{preset}/bin/ember_*_test")))]


def spark_stages(stages, group, version=SPARK, port=SPARK_PORT):
    """A real Spark Connect server around the stages that ask it."""
    server = [sys.executable, "tools/spark/server.py"]
    start = ["start", "--port", port, "--spark", version]
    return [Stage(f"start Spark {version}", [*server, *start], count_nothing, group), *stages,
            Stage(f"stop Spark {version}", [*server, "stop", "--port", port], count_nothing, group)]


def spark35_stages(environment):
    """The tests against a real Spark 3.5, under its own client."""
    home = glob.glob(str(CACHE / f"venv-spark-{SPARK35}/lib/python3*/site-packages/pyspark"))
    asked = {**environment, "EMBER_SPARK35_URL": SPARK35_URL, "EMBER_SPARK35_HOME": "".join(home)}
    return spark_stages([pytest_stage(f"live, Spark {SPARK35}", "tests/spark35", SPARK35, "live", asked)], "live",
                        SPARK35, SPARK35_PORT)


def cluster_stages(stages, group):
    """`ember cluster` around the stages that ask it: two workers of one core."""
    ember = str(ROOT / f"build/{PRESET}/bin/ember")
    state = {"EMBER_STATE": str(ROOT / "build/test-cluster")}
    # Many short-lived sessions: keep finished ones from filling the driver's memory.
    up = ["cluster", "up", "--workers", "2", "--cores", "1", "--memory", "1g", "--port", CLUSTER_PORT, "--timeout", "300",
          "--conf", "spark.connect.session.manager.defaultSessionTimeout=10m",
          # As on one machine: the recordings are full of tasks that fail, and would else fail four times.
          "--conf", "spark.task.maxFailures=1"]
    return [Stage("start the cluster", [ember, *up], count_nothing, group, state), *stages,
            Stage("stop the cluster", [ember, "cluster", "down"], count_nothing, group, state)]


def recording_stages():
    """All recordings asked again: by the PySpark client that made them on the server that made them, and at the same time
    by Ember's own on a cluster."""
    replays = Together([
        Stage("recordings, PySpark client", [python_of(SPARK), "tools/golden/record.py", "--check", "--url", SPARK_URL],
              group="live", timeout_s=5400),
        Stage("recordings on the cluster, Ember's client",
              [str(ROOT / f"build/{PRESET}/bin/ember_golden"), "--remote", CLUSTER_URL, "--cluster",
               "tests/golden/cluster_differences.txt"], group="live", timeout_s=5400)])
    return spark_stages(cluster_stages([replays, *cluster_live_stages()], "live"), "live")


def recording35_stages():
    """The recordings of ANSI mode off, and the pipelines of the live suite, on a real Spark 3.5."""
    golden = ["tools/golden/spark35.py", "--ember-golden", str(ROOT / f"build/{PRESET}/bin/ember_golden"), "--url", SPARK35_URL]
    environment = {"EMBER_BIN": str(ROOT / f"build/{PRESET}/bin/ember"), "PYTHONDONTWRITEBYTECODE": "1",
                   "EMBER_SPARK_URL": SPARK35_URL, "EMBER_SPARK_VERSION": SPARK35}
    return spark_stages([
        Stage(f"recordings, Spark {SPARK35}", [sys.executable, *golden], group="live", timeout_s=5400),
        pytest_stage(f"live pipelines, Spark {SPARK35}", "tests/live/test_remote.py", SPARK35, "live", environment)],
        "live", SPARK35, SPARK35_PORT)


def cluster_live_stages():
    """The pipelines of the live suite on the cluster."""
    environment = {"EMBER_BIN": str(ROOT / f"build/{PRESET}/bin/ember"), "PYTHONDONTWRITEBYTECODE": "1",
                   "EMBER_SPARK_URL": CLUSTER_URL}
    stage = pytest_stage("live pipelines on the cluster", "tests/live/test_remote.py", SPARK, "live", environment)
    # What is about a connection is timed for one core, and asked there.
    stage.command += ["-k", "not cut and not gone and not interrupts"]
    return [stage]


def pytest_stage(name, tests, client, group, environment):
    return python_stage(name, tests, python_of(client), group, environment)


def python_stage(name, tests, python, group, environment):
    """`tests`: a folder, or a list of files."""
    return Stage(name, [python, "-m", "pytest", "-q", "-p", "no:cacheprovider",
                        "-o", "faulthandler_timeout=120", "--junitxml={report}",
                        *([tests] if isinstance(tests, str) else tests)],
                 count_pytest, group, environment, timeout_s={"soak": 3600, "live": 1800}.get(group, 1500))


def python_stages():
    """The same end-to-end programs under each client; the live suite against a real Spark once."""
    environment = {"EMBER_BIN": str(ROOT / f"build/{PRESET}/bin/ember"), "PYTHONDONTWRITEBYTECODE": "1"}
    stages = []
    if glob.glob(str(ROOT / "tests/e2e/**/test_*.py"), recursive=True):
        stages += [pytest_stage(f"e2e, client {client}", "tests/e2e", client, "e2e", environment) for client in CLIENTS]
    if glob.glob(str(ROOT / "tests/emr/**/test_*.py"), recursive=True):
        stages.append(python_stage("EMR files", "tests/emr", python_of_emr_tools(), "emr", environment))
    if glob.glob(str(ROOT / "tests/glue/**/test_*.py"), recursive=True):
        stages.append(python_stage("Glue and CloudWatch", "tests/glue", python_of_emr_tools(), "emr", environment))
    if glob.glob(str(ROOT / "tests/live/**/test_*.py"), recursive=True):
        live = {**environment, "EMBER_SPARK_URL": SPARK_URL}
        emulated = sorted(glob.glob(str(ROOT / "tests/live/test_emulated_*.py")))
        both = sorted(set(glob.glob(str(ROOT / "tests/live/test_*.py"))) - set(emulated))
        stages += spark_stages([pytest_stage("live, both engines", both, SPARK, "live", live)], "live")
        # They start clusters of their own, node by node.
        stages.append(pytest_stage("emulated clusters on a real Spark", emulated, SPARK, "live", environment))
        stages[-1].timeout_s = 5400
        stages += spark35_stages(environment)
    return stages


def check_stages(tidy_arguments):
    python = sys.executable
    stages = [Stage(name, [python, f"tools/check/{name}.py"], group="check")
              for name in ("layers", "names", "one_definition", "layout")]
    stages.append(Stage("headers", ["cmake", "--build", f"build/{PRESET}", "--target", "ember_headers", "--", "-k", "0"],
                        group="check", timeout_s=2400))
    stages.append(Stage("tidy", [python, "tools/check/tidy.py", *tidy_arguments], group="check", timeout_s=7200))
    stages.append(Stage("protocol", [python_of("4.2.0"), "tools/check/protocol.py"], group="check"))
    return stages


def setup_stages(preset):
    return [
        Stage("system packages", ["tools/setup/system.sh", "spark"], count_nothing, "setup", is_required=True,
              timeout_s=2400),
        Stage("Python environments", ["tools/setup/python.sh", *(f"client-{c}" for c in CLIENTS), f"spark-{SPARK}",
                                      f"spark-{SPARK35}", EMR_TOOLS, OTHER_S3],
              count_nothing, "setup", is_required=True, timeout_s=2400),
        Stage("S3 server", ["tools/setup/s3_server.sh"], count_nothing, "setup", timeout_s=2400),
        *build_stages(preset)]


def build_stages(preset):
    return [Stage(f"configure {preset}", ["cmake", "--preset", preset], count_nothing, "setup", is_required=True),
            Stage(f"build {preset}", ["cmake", "--build", f"build/{preset}"], count_nothing, "setup", is_required=True,
                  timeout_s=4500)]


def package_stages():
    if not (ROOT / "examples/cpp/seed_job.cc").exists():
        return []
    return [Stage("C++ package", ["tools/test/package.sh", PRESET], group="package")]


def test_stages():
    """Each element makes its stages when it is reached, because the build decides what there is."""
    return [lambda: setup_stages(PRESET), lambda: check_stages([]), lambda: googletest_stages(PRESET),
            package_stages, python_stages]


def other_s3_stages():
    """The tests of S3 once more, on another server: no server's quirk is to become our truth."""
    environment = {"EMBER_BIN": str(ROOT / f"build/{PRESET}/bin/ember"), "EMBER_S3_KIND": OTHER_S3.partition("-")[0],
                   "PYTHONDONTWRITEBYTECODE": "1"}
    tests = sorted(glob.glob(str(ROOT / "tests/e2e/test_s3*.py")))
    return [Stage(f"Python environment {OTHER_S3}", ["tools/setup/python.sh", OTHER_S3], count_nothing, "soak",
                  timeout_s=1200),
            pytest_stage(f"S3 on {OTHER_S3}", tests, SPARK, "soak", environment)]


def soak_stages():
    suppressions = f"suppressions={ROOT}/tools/test/tsan.txt:halt_on_error=1"
    asan = {"ASAN_OPTIONS": "detect_leaks=1", "LSAN_OPTIONS": f"suppressions={ROOT}/tools/test/lsan.txt"}
    tsan = {"TSAN_OPTIONS": suppressions}
    soak = {"EMBER_BIN": str(ROOT / f"build/{PRESET}/bin/ember")}
    return [lambda: setup_stages(PRESET), lambda: check_stages(["--all"]), lambda: build_stages("asan"),
            lambda: googletest_stages("asan", asan), lambda: build_stages("tsan"),
            lambda: googletest_stages("tsan", tsan), recording_stages, recording35_stages, other_s3_stages,
            lambda: [pytest_stage("soak", "tests/soak", SPARK, "soak", soak)]
            if glob.glob(str(ROOT / "tests/soak/**/test_*.py"), recursive=True) else []]


def run_bounded(command, environment, timeout_s):
    """Exit code and output; a command that takes too long is ended with all it started, and has failed."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, errors="replace", start_new_session=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        output, _ = process.communicate(timeout=timeout_s)
        return process.returncode, output
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        return 1, f"{output}\nended after {timeout_s} s: it took too long"


def run(stage, folder):
    if isinstance(stage, Together):
        total = Counts()
        with concurrent.futures.ThreadPoolExecutor(len(stage.stages)) as threads:
            for counts in threads.map(lambda one: run(one, folder), stage.stages):
                total.add(counts)
        return total
    report = pathlib.Path(folder) / re.sub(r"\W", "-", f"report-{stage.name}")
    report.unlink(missing_ok=True)
    command = [part.replace("{report}", str(report)) for part in stage.command]
    print(f"== {stage.name}", flush=True)
    start = time.monotonic()
    code, output = run_bounded(command, {**os.environ, **stage.environment}, stage.timeout_s)
    counts = stage.count(stage, code, output, report)
    print(f"   {stage.name}, {time.monotonic() - start:.1f} s: {counts.passed} passed, {len(counts.failures)} failed, "
          f"{len(counts.skips)} skipped", flush=True)
    for name, message in counts.failures:
        print(f"FAILED {name}\n{message}\n", flush=True)
    return counts


def main():
    parser = argparse.ArgumentParser(description="Runs Ember's tests.")
    parser.add_argument("--soak", action="store_true", help="the long tests")
    parser.add_argument("--only", nargs="*", help="groups to run after setup: check unit package e2e emr live soak")
    arguments = parser.parse_args()
    start, total = time.monotonic(), Counts()
    with tempfile.TemporaryDirectory() as folder:
        for make_stages in soak_stages() if arguments.soak else test_stages():
            for stage in make_stages():
                if arguments.only is not None and stage.group not in ("setup", *arguments.only):
                    continue
                counts = run(stage, folder)
                total.add(counts)
                if counts.failures and stage.is_required:
                    print(f"stopped: nothing can be tested without: {stage.name}")
                    print(f"{total.passed} passed, {len(total.failures)} failed, {len(total.skips)} skipped")
                    return 1
    print(f"\nall stages: {time.monotonic() - start:.0f} s")
    for name, reason in total.skips:
        print(f"SKIPPED {name}: {reason}")
    for name, _ in total.failures:
        print(f"FAILED {name}")
    print(f"{total.passed} passed, {len(total.failures)} failed, {len(total.skips)} skipped")
    return 1 if total.failures else 0


if __name__ == "__main__":
    sys.exit(main())
