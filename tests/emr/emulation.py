"""`ember emr emulate` as a process, and botocore as its client."""
import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

import botocore.config
import botocore.session

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path(os.environ.get("EMBER_CACHE") or pathlib.Path.home() / ".cache" / "ember")
S3_SERVER = pathlib.Path(os.environ.get("EMBER_S3_SERVER") or CACHE / "s3-server" / "versitygw")


class Emulation:
    def __init__(self, process, variables):
        self.process, self.variables = process, variables
        self.url = variables["AWS_ENDPOINT_URL_EMR"]

    def client(self, service="emr", secret=None, attempts=1):
        session = botocore.session.Session()
        session.set_credentials(self.variables["AWS_ACCESS_KEY_ID"], secret or self.variables["AWS_SECRET_ACCESS_KEY"])
        return session.create_client(
            service, region_name=self.variables["AWS_REGION"], endpoint_url=self.url,
            config=botocore.config.Config(retries={"total_max_attempts": attempts, "mode": "standard"}))

    def order(self, what, **order):
        request = urllib.request.Request(f"{self.url}/_emulator/{what}", json.dumps(order).encode())
        return json.load(urllib.request.urlopen(request, timeout=10))

    def events(self, name=None):
        text = urllib.request.urlopen(f"{self.url}/_emulator/events", timeout=10).read().decode()
        events = [json.loads(line) for line in text.splitlines()]
        return [event for event in events if name in (None, event["event"])]


@contextlib.contextmanager
def s3_server(folder):
    """The address of an S3 that knows the emulator's usual keys and holds nothing."""
    (folder / "data").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    process = subprocess.Popen([S3_SERVER, "--access", "test", "--secret", "testsecret", "--port", address, "--region",
                                "us-east-1", "--quiet", "posix", folder / "data"], stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", int(address.rpartition(":")[2]))) == 0:
                    break
            time.sleep(0.1)
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait(30)


@contextlib.contextmanager
def emulation(*arguments, **environment):
    """An emulator on a free port, ended at the end."""
    binary = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
    outside = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
    with tempfile.TemporaryDirectory() as folder:
        ready = pathlib.Path(folder) / "ready.env"
        log = open(pathlib.Path(folder) / "log", "w+")
        process = subprocess.Popen([binary, "emr", "emulate", "--port", "0", "--ready-file", ready, *arguments],
                                   stdout=log, stderr=log, env={**outside, **environment})
        try:
            for _ in range(300):
                if ready.exists() or process.poll() is not None:
                    break
                time.sleep(0.1)
            log.seek(0)
            assert ready.exists(), log.read()
            yield Emulation(process, dict(line.split("=", 1) for line in ready.read_text().splitlines()))
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait(60)
        log.seek(0)
        assert code == 0, log.read()[-4000:]


def wait_for(ask, wanted, seconds=60):
    """What `ask` gives, once it is one of `wanted`."""
    wanted = {wanted} if isinstance(wanted, str) else set(wanted)
    end = time.time() + seconds
    while (found := ask()) not in wanted:
        assert time.time() < end, f"still {found}"
        time.sleep(0.1)
    return found
