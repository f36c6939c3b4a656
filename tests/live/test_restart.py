"""A Spark Connect server is killed while it runs a write, and one that knows nothing of it answers at its address: a clear
error, nothing runs a second time, and another run is whole."""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest

from test_remote import BINARY, ROOT, ROWS, URL, WORK, Cutter, well

pytestmark = pytest.mark.usefixtures("spark_url")
SERVER = [sys.executable, str(ROOT / "tools/spark/server.py")]


@pytest.fixture
def doomed_server():
    """A real Spark of this test's own, by its port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    subprocess.run([*SERVER, "start", "--port", str(port), "--timeout", "300"], check=True, timeout=400)
    yield port
    subprocess.run([*SERVER, "stop", "--port", str(port)], check=True, timeout=60)
    shutil.rmtree(state_of(port))


def state_of(port):
    cache = pathlib.Path(os.environ.get("EMBER_CACHE", pathlib.Path.home() / ".cache/ember"))
    return cache / f"spark-server-{port}"


def parts(folder):
    return [path for path in folder.rglob("part-*") if "_temporary" not in path.parts]


def test_a_server_that_is_killed_and_comes_back(tmp_path, doomed_server):
    cutter = Cutter(f"sc://127.0.0.1:{doomed_server}")
    pipeline, out = tmp_path / "p.yaml", tmp_path / "o"
    pipeline.write_text(f"inputs: {{}}\nsteps: {{s: {{do: [sql: '{WORK}']}}}}\noutputs: {{s: {{path: o, mode: append}}}}\n")
    process = subprocess.Popen([BINARY, "run", str(pipeline), "--json", "--on", cutter.url], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not (out / "_temporary").exists():  # Spark is writing
        assert process.poll() is None and time.monotonic() < deadline, process.stderr.read()
        time.sleep(0.1)
    os.kill(int((state_of(doomed_server) / "pid").read_text()), signal.SIGKILL)
    host, port = URL.removeprefix("sc://").split("/")[0].split(":")
    cutter.target = (host, int(port))
    cutter.cut()
    _, errors = process.communicate(timeout=180)
    assert process.returncode == 1
    assert "INVALID_HANDLE.SESSION" in errors and "Run it again" in errors and "output 's'" in errors
    time.sleep(2)
    assert not parts(out) and not (out / "_SUCCESS").exists()
    again = json.loads(well("run", str(pipeline), "--json", "--on", cutter.url).stdout)
    cutter.listener.close()
    assert again["stages"][0]["rows"] == ROWS
    # Files and bytes are those that Spark left.
    assert again["stages"][0]["files"] == len(parts(out))
    assert again["stages"][0]["bytes"] == sum(path.stat().st_size for path in parts(out) if path.suffix == ".parquet")
    answer = well("sql", f"SELECT count(*) AS n, count(DISTINCT id) AS d FROM parquet.`{out}`", "--format", "json")
    assert {key: int(value) for key, value in json.loads(answer.stdout).items()} == {"n": ROWS, "d": ROWS}
