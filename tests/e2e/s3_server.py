"""The S3 servers of the tests. EMBER_S3_KIND names one of SERVERS; without it, the one that verifies signatures.

What a server does otherwise than S3 stands in its row, and nowhere else: a test that needs it asks for it by `need`.
"""
import contextlib
import dataclasses
import os
import pathlib
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

import s3_foreign

CACHE = pathlib.Path(os.environ.get("EMBER_CACHE") or pathlib.Path.home() / ".cache" / "ember")
SECRET = "testsecret-not-to-be-shown"


@dataclasses.dataclass(frozen=True)
class ServerKind:
    program: pathlib.Path
    setup: str
    arguments: str  # {address}, {host}, {port}, {region}, {data}
    key_variables: tuple = ("", "")
    lacks: dict = dataclasses.field(default_factory=dict)


SERVERS = {
    "versitygw": ServerKind(
        pathlib.Path(os.environ.get("EMBER_S3_SERVER") or CACHE / "s3-server" / "versitygw"),
        "tools/setup/s3_server.sh", "--port {address} --region {region} --quiet {options} posix {data}",
        ("ROOT_ACCESS_KEY_ID", "ROOT_SECRET_ACCESS_KEY"),
        {"encryption": "takes the headers of encryption and says nothing of them"}),
    "moto": ServerKind(
        CACHE / "venv-moto-5.2.5" / "bin" / "moto_server", "tools/setup/python.sh moto-5.2.5",
        "-H {host} -p {port} {options}", lacks={
            "checksums": "takes a body whose checksum is wrong",
            "part checksums": "does not list the checksums of an upload's parts",
            "signatures": "checks no signature, and knows no wrong key",
            "tokens": "takes any session token",
            "regions": "serves every region at one address",
            "shared data": "keeps its objects in its own memory",
            "tls": "is asked without TLS only",
        }),
}
KIND = os.environ.get("EMBER_S3_KIND") or "versitygw"


class Server(str):
    """One that runs: its address, "127.0.0.1:PORT", and another program's hands on what it holds."""

    def __new__(cls, address, key, region, scheme):
        server = super().__new__(cls, address)
        server.address, server.key, server.region, server.url = address, key, region, f"{scheme}://{address}"
        return server

    def client(self, bucket):
        return s3_foreign.S3(self.address, bucket, self.key, SECRET, self.region)

    def put_tree(self, bucket, folder):
        s3 = self.client(bucket)
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                s3.put(str(path.relative_to(folder)), path.read_bytes())

    def contents(self, bucket, prefix=""):
        """All objects below a folder by their names in it, but Ember's journals."""
        s3 = self.client(bucket)
        base = prefix + "/" if prefix else ""
        return {key.removeprefix(base): s3.get(key) for key in s3.keys(base)
                if not key.endswith("/") and not key.rpartition("/")[2].startswith(".ember")}


def lacks(feature):
    return SERVERS[KIND].lacks.get(feature)


def need(feature):
    if lacks(feature):
        pytest.skip(f"{KIND} {lacks(feature)}")


@contextlib.contextmanager
def s3_server(folder, *buckets, region="us-east-1", scheme="http", key="test", options=()):
    """Runs it on the data in `folder`/data; gives a Server."""
    kind = SERVERS[KIND]
    assert kind.program.exists(), f"run {kind.setup}"
    (folder / "data").mkdir(exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(f"127.0.0.1:{port}", key, region, scheme)
    words = {"address": server.address, "host": "127.0.0.1", "port": str(port), "region": region,
             "data": str(folder / "data")}
    arguments = [word for text in kind.arguments.split()
                 for word in (options if text == "{options}" else [text.format(**words)])]
    # Not on its command line: a test looks for the secret there.
    process = subprocess.Popen(
        [str(kind.program), *arguments],
        env={**os.environ, **{name: value for name, value in zip(kind.key_variables, (key, SECRET)) if name}},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://{server.address}/", timeout=1)
            break
        except urllib.error.HTTPError:
            break
        except OSError as error:
            if scheme == "https" and "refused" not in str(error):
                break  # it answers, in its own way
            time.sleep(0.1)
    try:
        for bucket in buckets:
            if scheme == "https":
                (folder / "data" / bucket).mkdir(exist_ok=True)
            else:
                server.client(bucket).make_bucket()
        yield server
    finally:
        process.terminate()
        process.wait(20)


def aws_environment(endpoint, folder):
    """AWS's usual environment variables, and nothing of this machine's own."""
    return {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL_S3": endpoint, "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": str(folder / "none"), "AWS_SHARED_CREDENTIALS_FILE": str(folder / "none")}
