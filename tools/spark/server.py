#!/usr/bin/env python3
"""Starts and stops a real Spark Connect server: the judge of Ember's golden files.

    tools/spark/server.py start --port 15402 [--spark 3.5.6] [--master 'local[1]'] [--conf key=value ...]
    tools/spark/server.py status --port 15402
    tools/spark/server.py stop --port 15402

Needs JDK 17 and a Spark with its Connect server in a virtual environment: --venv, default
~/.cache/ember/venv-spark-VERSION, which `tools/setup/python.sh spark-VERSION` makes. Each port has a
state folder beside the virtual environments which holds the pid, the log and the warehouse. `start`
returns when the port answers and does nothing when that server already runs. Only the standard
library is used.
"""

import argparse
import glob
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

CACHE = pathlib.Path(os.environ.get("EMBER_CACHE", pathlib.Path.home() / ".cache" / "ember"))
SPARK_VERSION = "4.0.2"

# What every recording pins, so that two recordings of one case are identical. The ANSI mode and the
# session zone are set per session by whoever connects.
PINNED_CONF = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.connect.grpc.binding.address": "127.0.0.1",
    # Many short-lived sessions: keep finished ones from filling the driver's memory.
    "spark.connect.session.manager.defaultSessionTimeout": "10m",
}


# Spark logs several lines for each statement; failing ones, which the recordings are full of, with
# their stack traces.
LOGGING = """rootLogger.level = error
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n%ex{0}
logger.queries.name = org.apache.spark
logger.queries.level = fatal
"""


def state_folder(port):
    return CACHE / f"spark-server-{port}"


def running_pid(port):
    """The pid of the server on this port, or None when none that we started is alive."""
    try:
        pid = int((state_folder(port) / "pid").read_text())
        command = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return pid if b"SparkConnectServer" in command else None


def port_answers(port):
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def spark_home(venv):
    found = glob.glob(f"{venv}/lib/python3*/site-packages/pyspark/bin/spark-submit")
    if not found:
        sys.exit(f"no Spark in '{venv}': tools/setup/python.sh spark-VERSION makes one")
    return pathlib.Path(found[0]).parent.parent


def start(arguments):
    port = arguments.port
    if running_pid(port):
        print(f"already running on 127.0.0.1:{port}, pid {running_pid(port)}")
        return
    if port_answers(port):
        sys.exit(f"port {port} is taken by another program: choose one with --port")
    home = spark_home(arguments.venv or CACHE / f"venv-spark-{arguments.spark}")
    folder = state_folder(port)
    shutil.rmtree(folder / "warehouse", ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    conf = dict(PINNED_CONF)
    conf["spark.connect.grpc.binding.port"] = str(port)
    conf["spark.sql.warehouse.dir"] = str(folder / "warehouse")
    for entry in arguments.conf:
        key, separator, value = entry.partition("=")
        if not separator:
            sys.exit(f"--conf wants key=value, not '{entry}'")
        conf[key] = value
    (folder / "log4j2.properties").write_text(LOGGING)
    command = [str(home / "bin" / "spark-submit"), "--master", arguments.master,
               "--driver-memory", arguments.memory, "--driver-java-options",
               f"-Dlog4j2.configurationFile=file:{folder}/log4j2.properties",
               "--class", "org.apache.spark.sql.connect.service.SparkConnectServer"]
    for key, value in conf.items():
        command += ["--conf", f"{key}={value}"]
    command.append("spark-internal")
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "TZ": "UTC"}
    with open(folder / "log", "wb") as log:
        # spark-submit execs java, so the pid stays the same.
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                   cwd=folder, env=environment, start_new_session=True)
    (folder / "pid").write_text(str(process.pid))
    deadline = time.monotonic() + arguments.timeout
    while time.monotonic() < deadline:
        if process.poll() is not None:
            sys.exit(f"Spark ended with {process.returncode}: see {folder / 'log'}")
        if port_answers(port):
            print(f"Spark answers on 127.0.0.1:{port}, pid {process.pid}")
            return
        time.sleep(0.2)
    stop(arguments)
    sys.exit(f"Spark did not open port {port} within {arguments.timeout} s: see {folder / 'log'}")


def stop(arguments):
    pid = running_pid(arguments.port)
    if pid is None:
        print(f"no server of ours on port {arguments.port}")
        return
    os.kill(pid, signal.SIGTERM)
    for _ in range(100):
        if running_pid(arguments.port) is None:
            break
        time.sleep(0.1)
    else:
        os.kill(pid, signal.SIGKILL)
    (state_folder(arguments.port) / "pid").unlink(missing_ok=True)
    print(f"stopped pid {pid}")


def status(arguments):
    pid = running_pid(arguments.port)
    alive = pid is not None and port_answers(arguments.port)
    print(f"running, pid {pid}" if alive else "not running")
    sys.exit(0 if alive else 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name, action in (("start", start), ("stop", stop), ("status", status)):
        verb = verbs.add_parser(name)
        verb.set_defaults(action=action)
        verb.add_argument("--port", type=int, required=True)
        if name == "start":
            verb.add_argument("--master", default="local[1]")
            verb.add_argument("--memory", default="1g")
            verb.add_argument("--conf", action="append", default=[], metavar="KEY=VALUE")
            verb.add_argument("--timeout", type=float, default=90)
            verb.add_argument("--spark", default=SPARK_VERSION, metavar="VERSION")
            verb.add_argument("--venv")
    arguments = parser.parse_args()
    arguments.action(arguments)


if __name__ == "__main__":
    main()
