"""Nobody waits longer than needed: interrupts end uploads at once, large objects come in several ranges at a time."""
import os
import random
import signal
import subprocess
import threading
import time

import pytest

from conftest import ember_binary
from counting_proxy import CountingProxy
from fault_proxy import FaultProxy
from s3_server import aws_environment, s3_server
from test_s3_faults import ember


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("s3")
    with s3_server(folder, "bucket") as address:
        yield address, folder / "data" / "bucket"


@pytest.mark.parametrize("rows", [1000, 3_000_000])  # one part at the commit; parts while the query runs
def test_an_interrupt_does_not_wait_for_an_upload(server, tmp_path, rows):
    write = "INSERT OVERWRITE DIRECTORY 's3://bucket/interrupted' USING parquet " \
            "SELECT id, sha2(cast(id AS string), 256) AS text FROM range({})"
    environment = aws_environment(f"http://{server[0]}", tmp_path)
    assert ember("sql", write.format(7), folder=tmp_path, environment=environment).returncode == 0
    sending = threading.Event()
    with FaultProxy(server[0]) as proxy:
        def decide(request):
            if request.operation == "UploadPart":
                sending.set()
                time.sleep(60)
        proxy.decide = decide
        process = subprocess.Popen([ember_binary(), "sql", write.format(rows)], cwd=tmp_path,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env={**os.environ, **aws_environment(proxy.url, tmp_path)})
        assert sending.wait(60)
        time.sleep(0.5)
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert time.monotonic() - started < 10
    done = ember("sql", "--format", "json", "SELECT count(*) AS n FROM parquet.`s3://bucket/interrupted`",
                 folder=tmp_path, environment=environment)
    assert '"n":7' in done.stdout.replace('"7"', "7"), done.stdout + done.stderr
    done = ember("s3", "clean", "s3://bucket/interrupted", "--older-than", "0", folder=tmp_path, environment=environment)
    assert "0 unfinished uploads" in done.stdout + done.stderr


def test_a_large_object_comes_in_ranges_and_goes_on(server, tmp_path):
    content = random.Random(5).randbytes((80 << 20) + 5)
    (tmp_path / "big").write_bytes(content)
    environment = aws_environment(f"http://{server[0]}", tmp_path)
    assert ember("s3", "put", "-q", "big", "s3://bucket/big", folder=tmp_path, environment=environment).returncode == 0
    with CountingProxy(server[0], delay_s=0.3) as proxy:
        done = ember("s3", "copy", "s3://bucket/big", "back", folder=tmp_path,
                     environment=aws_environment(proxy.url, tmp_path))
        assert done.returncode == 0, done.stderr
        gets = [call for call in proxy.calls if call.operation == "Get"]
        assert len(gets) == 11 and sum(call.down for call in gets) == len(content)
        assert max(sum(a.began < b.ended and b.began < a.ended for b in gets) for a in gets) >= 4  # at once
    assert (tmp_path / "back").read_bytes() == content
    with FaultProxy(server[0]) as proxy:  # killed after some of the ranges
        proxy.decide = lambda request: time.sleep(0.5 if request.operation == "Get" else 0)
        process = subprocess.Popen([ember_binary(), "s3", "copy", "--parallel", "2", "s3://bucket/big", "again"],
                                   cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env={**os.environ, **aws_environment(proxy.url, tmp_path)})
        while proxy.operations()["Get"] < 7:
            time.sleep(0.02)
        process.kill()
        process.wait()
    assert not (tmp_path / "again").exists()
    with CountingProxy(server[0]) as proxy:
        done = ember("s3", "copy", "s3://bucket/big", "again", folder=tmp_path,
                     environment=aws_environment(proxy.url, tmp_path))
        assert "from an earlier run" in done.stdout + done.stderr
        assert proxy.bytes_down() < len(content) * 0.8
    assert (tmp_path / "again").read_bytes() == content
    assert not list(tmp_path.glob(".ember-part-*"))
