"""The commands of docs/howto/run-on-emr.md under "Try it without an account", as they stand there: the seed cluster on the
emulator of EMR with a real Spark 3.5.6, from its bucket to its end."""
import os
import pathlib
import socket
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("EMBER_BIN") or ROOT / "build/dev/bin/ember")
CACHE = pathlib.Path(os.environ.get("EMBER_CACHE") or pathlib.Path.home() / ".cache/ember")


def howto_commands():
    section = (ROOT / "docs/howto/run-on-emr.md").read_text().partition("## Try it without an account")[2]
    return section.partition("```sh\n")[2].partition("```")[0]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_the_commands_of_the_howto(tmp_path):
    # What `make emulator` leaves in a clone.
    (tmp_path / "build/release").mkdir(parents=True)
    (tmp_path / "build/release/bin").symlink_to(BINARY.parent)
    (tmp_path / "build/s3_server").symlink_to(CACHE / "venv-moto-5.2.5/bin/moto_server")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    commands = howto_commands().replace("4811", str(free_port()))
    commands = commands.replace("emr emulate ", f"emr emulate --port {free_port()} ")
    outside = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
    outside.pop("SPARK_HOME", None)
    script = f"set -eu\nset -m\ntrap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT\n{commands}"
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=outside, text=True, timeout=1500,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout[-6000:]
    assert "|619040  |2013-02-08|2018-02-07|" in done.stdout, done.stdout[-6000:]
    assert "acme-stocks" in done.stdout.partition("what stays:")[2]
