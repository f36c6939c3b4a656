"""ember s3 put, copy and sync, against a server that verifies signatures and checksums."""
import os
import random
import signal
import subprocess
import time

import pytest

from conftest import ember_binary
from fault_proxy import FaultProxy
from s3_server import aws_environment, need, s3_server
from test_s3_faults import ember


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("s3")
    with s3_server(folder, "bucket", "other") as running:
        yield running


@pytest.fixture
def s3(server, tmp_path):
    def call(*arguments, endpoint=server.url, code=0, **environment):
        done = ember("s3", *arguments, folder=tmp_path, environment={**aws_environment(endpoint, tmp_path), **environment})
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return done.stdout + done.stderr
    return call


def fill(folder, names, seed=1):
    chance = random.Random(seed)
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(chance.randbytes(chance.randrange(1, 20000)))
    return folder


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*")
            if path.is_file()}


NAMES = ["a.csv", "b.csv.gz", "2024/c.csv", "2024/01/with blank+plus.csv", "empty.txt", "ü/ä.csv"]


def test_a_folder_goes_there_and_back(s3, server, tmp_path):
    source = fill(tmp_path / "source", NAMES)
    (source / "empty.txt").write_bytes(b"")
    assert "6 files" in s3("put", source, "s3://bucket/there")
    assert server.contents("bucket", "there") == contents(source)
    assert "0 files" in s3("put", source, "s3://bucket/there")
    assert "6 files" in s3("copy", "s3://bucket/there", tmp_path / "back")
    assert contents(tmp_path / "back") == contents(source)
    assert "0 files" in s3("copy", "s3://bucket/there/", tmp_path / "back")
    assert "6 files" in s3("copy", "--force", "s3://bucket/there", tmp_path / "back")


def test_only_what_differs_is_sent(s3, server, tmp_path):
    source = fill(tmp_path / "source", ["a.csv", "b.csv"])
    s3("put", source, "s3://bucket/differs")
    os.utime(source / "a.csv", (time.time() + 100, time.time() + 100))
    assert "0 files" in s3("put", source, "s3://bucket/differs")  # newer, but the same
    old = (source / "a.csv").read_bytes()
    (source / "a.csv").write_bytes(bytes([old[0] ^ 1]) + old[1:])
    os.utime(source / "a.csv", (time.time() - 100, time.time() - 100))
    assert "0 files" in s3("put", source, "s3://bucket/differs")  # of the same size, and older
    assert "1 file," in s3("put", "--checksum", source, "s3://bucket/differs")
    assert server.contents("bucket", "differs") == contents(source)


def test_sync_removes_only_when_told(s3, server, tmp_path):
    source = fill(tmp_path / "source", NAMES)
    s3("sync", source, "s3://bucket/sync")
    (source / "a.csv").unlink()
    fill(source, ["new.csv"])
    said = s3("sync", "--delete", "--dryrun", source, "s3://bucket/sync")
    assert "would remove s3://bucket/sync/a.csv" in said and "nothing was changed" in said
    assert "would send" in said and "new.csv" in said
    assert "a.csv" in server.contents("bucket", "sync")
    s3("sync", source, "s3://bucket/sync")
    assert "a.csv" in server.contents("bucket", "sync")
    assert "1 removed" in s3("sync", "--delete", source, "s3://bucket/sync")
    assert server.contents("bucket", "sync") == contents(source)
    s3("sync", "--delete", "s3://bucket/sync", tmp_path / "mirror")
    (tmp_path / "mirror" / "more.csv").write_text("x")
    s3("sync", "--delete", "s3://bucket/sync", tmp_path / "mirror")
    assert contents(tmp_path / "mirror") == contents(source)
    s3("sync", "--delete", tmp_path / "nothing", "s3://bucket/sync", code=1)
    s3("sync", "--delete", "s3://bucket/nothing", tmp_path / "mirror", code=1)
    assert contents(tmp_path / "mirror") == contents(source)


def test_globs(s3, server, tmp_path):
    source = fill(tmp_path / "source", NAMES)
    s3("put", "--include", "*.csv", "--exclude", "2024/*", source, "s3://bucket/globs")
    assert sorted(server.contents("bucket", "globs")) == ["a.csv", "ü/ä.csv"]
    s3("sync", "--include", "*.{csv,gz}", "--exclude", "a*", "--exclude", "ü/*", source, "s3://bucket/globs2")
    assert sorted(server.contents("bucket", "globs2")) == ["2024/01/with blank+plus.csv", "2024/c.csv", "b.csv.gz"]


def test_within_s3_and_single_files(s3, server, tmp_path):
    source = fill(tmp_path / "source", NAMES)
    s3("put", source / "a.csv", source / "b.csv.gz", "s3://bucket/single")
    s3("copy", "s3://bucket/single", "s3://other/deep/folder")
    s3("copy", "s3://bucket/single/a.csv", "s3://other/renamed.csv")
    s3("copy", "s3://bucket/single/a.csv", "s3://other/in/")
    s3("copy", "s3://bucket/single/a.csv", tmp_path)
    s3("put", source / "a.csv", "s3://bucket/single/copy.csv")
    a = (source / "a.csv").read_bytes()
    there = server.contents("other")
    assert there == {"deep/folder/a.csv": a, "deep/folder/b.csv.gz": (source / "b.csv.gz").read_bytes(),
                     "renamed.csv": a, "in/a.csv": a}
    assert (tmp_path / "a.csv").read_bytes() == a
    assert server.contents("bucket", "single")["copy.csv"] == a
    assert "0 files" in s3("copy", "s3://bucket/single", "s3://other/deep/folder", "--checksum", "--exclude", "copy*")


def test_large_files_go_on_where_they_ended(s3, server, tmp_path):
    need("part checksums")
    (tmp_path / "big").write_bytes(random.Random(3).randbytes(45 << 20))
    with FaultProxy(server.address) as proxy:
        proxy.decide = lambda request: "denied" if request.operation == "UploadPart" and \
            proxy.operations()["UploadPart"] > 3 else None
        assert "AccessDenied" in s3("put", "--parallel", "2", "big", "s3://bucket/large/big", endpoint=proxy.url, code=1)
    assert not server.contents("bucket", "large")
    said = s3("put", "big", "s3://bucket/large/big")
    assert "from an earlier run" in said
    assert server.contents("bucket", "large")["big"] == (tmp_path / "big").read_bytes()
    assert "0 unfinished uploads" in s3("clean", "s3://bucket/large", "--older-than", "0")
    assert "0 files" in s3("put", "--checksum", "big", "s3://bucket/large/big")
    with FaultProxy(server.address) as proxy:
        proxy.decide = lambda request: None if request.operation != "Get" else \
            "denied" if proxy.operations()["Get"] else "truncate"
        s3("copy", "s3://bucket/large/big", "back", endpoint=proxy.url, code=1)
        assert not (tmp_path / "back").exists()
    assert "from an earlier run" in s3("copy", "s3://bucket/large/big", "back")
    assert (tmp_path / "back").read_bytes() == (tmp_path / "big").read_bytes()
    assert "0 files" in s3("copy", "--checksum", "s3://bucket/large/big", "back")


def test_killed_in_the_middle(s3, server, tmp_path):
    need("part checksums")
    (tmp_path / "big").write_bytes(random.Random(4).randbytes(40 << 20))
    with FaultProxy(server.address) as proxy:
        def slowly(request):
            time.sleep(0.3 if request.operation == "UploadPart" else 0)
        proxy.decide = slowly
        for ending in (signal.SIGKILL, signal.SIGINT):
            process = subprocess.Popen([ember_binary(), "s3", "put", "--parallel", "1", "big", "s3://bucket/killed/big"],
                                       cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                       env={**os.environ, **aws_environment(proxy.url, tmp_path)})
            before = proxy.operations()["UploadPart"]
            while proxy.operations()["UploadPart"] < before + 2 and process.poll() is None:
                time.sleep(0.02)
            process.send_signal(ending)
            assert process.wait(20) == (-9 if ending == signal.SIGKILL else 130)
    assert "from an earlier run" in s3("put", "big", "s3://bucket/killed/big")
    assert server.contents("bucket", "killed")["big"] == (tmp_path / "big").read_bytes()


@pytest.mark.parametrize("seed", [1, 2])
def test_one_request_in_ten_fails(s3, server, tmp_path, seed):
    source = fill(tmp_path / "source", [f"{i}/{i}.csv" for i in range(40)], seed)
    (source / "big").write_bytes(random.Random(seed).randbytes(25 << 20))
    with FaultProxy(server.address, rate=0.1, seed=seed) as proxy:
        s3("put", source, f"s3://bucket/faults{seed}", endpoint=proxy.url)
        s3("copy", f"s3://bucket/faults{seed}", f"s3://other/faults{seed}", endpoint=proxy.url)
        s3("copy", f"s3://other/faults{seed}", tmp_path / "back", endpoint=proxy.url)
        assert sum(proxy.faults().values()) > 10
    assert server.contents("bucket", f"faults{seed}") == contents(source)
    assert contents(tmp_path / "back") == contents(source)


def test_damage_on_the_way_is_found(s3, server, tmp_path):
    need("checksums")
    fill(tmp_path / "source", ["a.csv", "b.csv"])
    with FaultProxy(server.address, once=[("Put", "corrupt_request")]) as proxy:
        s3("put", "source", "s3://bucket/damage", endpoint=proxy.url)
        assert proxy.faults() == {"corrupt_request": 1}
    assert server.contents("bucket", "damage") == contents(tmp_path / "source")
    with FaultProxy(server.address, once=[("Get", "corrupt")]) as proxy:
        assert "checksum" in s3("copy", "s3://bucket/damage/a.csv", "a.csv", endpoint=proxy.url, code=1)
    assert not (tmp_path / "a.csv").exists()


@pytest.mark.parametrize("arguments,code,said", [
    (["put", "nothing.csv", "s3://bucket/x"], 1, "PATH_NOT_FOUND"),
    (["put", "s3://bucket/a", "s3://bucket/x"], 2, "ember s3 copy"),
    (["put", "a", "b"], 2, "s3://bucket/folder/"),
    (["copy", "a", "b"], 2, "s3://bucket/folder/"),
    (["put", "a"], 2, "a source and a target"),
    (["sync", "a", "b", "s3://bucket/x"], 2, "one source and one target"),
    (["copy", "s3://bucket/nothing", "x"], 1, "PATH_NOT_FOUND"),
    (["put", ".", "s3://no-such-bucket/x"], 1, "NoSuchBucket"),
    (["put", ".", "s3://"], 2, "names no bucket"),
])
def test_what_is_wrong_is_said(s3, tmp_path, arguments, code, said):
    fill(tmp_path, ["a", "b"])
    assert said in s3(*arguments, code=code)


def test_help_and_completion(s3, tmp_path):
    for verb in ("put", "copy", "sync"):
        said = s3(verb, "--help")
        assert "Examples:" in said and "--dryrun" in said and ("--delete " in said) == (verb == "sync")
    script = ember("completion", "bash", folder=tmp_path).stdout
    typed = 'COMP_WORDS=(ember s3 {}); COMP_CWORD={}; _ember; echo "${{COMPREPLY[*]}}"'
    for words, at, expected in (("''", 2, "clean copy ls put sync"), ("sync --del", 3, "--delete"), ("put --dr", 3, "--dryrun")):
        done = subprocess.run(["bash", "-c", script + typed.format(words, at)], capture_output=True, text=True)
        assert sorted(done.stdout.split()) == expected.split(), done.stderr
