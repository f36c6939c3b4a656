"""Pipelines whose outputs are tables of Glue, against moto; EMBER_BIN names the program."""
import json
import os
import pathlib
import socket
import subprocess
import time
import urllib.error
import urllib.request

import botocore.session
import pytest
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path(os.environ.get("EMBER_CACHE") or pathlib.Path.home() / ".cache" / "ember")
MOTO = CACHE / "venv-moto-5.2.5" / "bin" / "moto_server"
SECRET = "testsecret-not-to-be-shown"


class Aws:
    """A moto of its own: its address, clients of it, and `ember` that asks it."""

    def __init__(self, url, folder):
        self.url, self.folder = url, folder
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "us-east-1", "AWS_ENDPOINT_URL": url, "AWS_EC2_METADATA_DISABLED": "true"}
        self.said = []  # everything that ember printed

    def client(self, service):
        return botocore.session.get_session().create_client(
            service, endpoint_url=self.url, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key=SECRET)

    def ember(self, *arguments, code=0, environment=(), **options):
        binary = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
        done = subprocess.run([binary, *map(str, arguments)], capture_output=True, text=True, cwd=self.folder,
                              env={**self.environment, **dict(environment)}, timeout=300, **options)
        self.said.append(done.stdout + done.stderr)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stderr if code else done.stdout

    def pipeline(self, rows, output, top=(), columns="ticker STRING, close DOUBLE, day DATE"):
        """Writes a pipeline whose input is `rows` (CSV lines) and whose output `prices` is `output`; gives its path."""
        (self.folder / "rows.csv").write_text("".join(line + "\n" for line in [
            ",".join(part.split()[0] for part in columns.split(", ")), *rows]))
        types = {part.split()[0]: part.split()[1].lower() for part in columns.split(", ")}
        path = self.folder / "prices.yaml"
        path.write_text(yaml.safe_dump({
            "name": "daily prices", "inputs": {"rows": {"path": "rows.csv", "columns": types}},
            "outputs": {"prices": {"from": "rows", **output}}, **dict(top)}, sort_keys=False))
        return path

    def run(self, *arguments, **options):
        """The stages of a run."""
        return json.loads(self.ember("run", "--json", *arguments, **options))["stages"]

    def calls(self):
        """Actions asked since the last time, of JSON services, by moto's own recorder of requests."""
        with urllib.request.urlopen(self.url + "/moto-api/recorder/download-recording") as answer:
            lines = [json.loads(line) for line in answer.read().decode().splitlines() if line]
        urllib.request.urlopen(urllib.request.Request(self.url + "/moto-api/recorder/reset-recording", method="POST"))
        names = [{k.lower(): v for k, v in line["headers"].items()}.get("x-amz-target", "") for line in lines]
        return [name.rpartition(".")[2] for name in names if name]


@pytest.fixture(scope="session")
def moto_url(tmp_path_factory):
    assert MOTO.exists(), "run tools/setup/python.sh moto-5.2.5"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("moto")
    process = subprocess.Popen(
        [str(MOTO), "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
        env={**os.environ, "MOTO_ENABLE_RECORDING": "true", "MOTO_RECORDER_FILEPATH": str(folder / "requests")})
    url = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(url + "/moto-api/", timeout=1)
            break
        except OSError:
            time.sleep(0.1)
    yield url
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()  # it holds nothing that is worth its time


@pytest.fixture
def aws(moto_url, tmp_path):
    urllib.request.urlopen(urllib.request.Request(moto_url + "/moto-api/reset", method="POST"))
    world = Aws(moto_url, tmp_path)
    world.client("s3").create_bucket(Bucket="bucket")
    world.calls()
    yield world
    assert SECRET not in "".join(world.said)
