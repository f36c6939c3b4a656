"""`ember s3 copy` with the options of S3DistCp, against a server that verifies signatures."""
import gzip
import json
import random

import pytest

from fault_proxy import FaultProxy
from s3_server import aws_environment, s3_server
from test_s3_faults import ember


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with s3_server(tmp_path_factory.mktemp("s3"), "bucket", "other") as running:
        yield running


@pytest.fixture
def copy(server, tmp_path):
    def call(*arguments, endpoint=server.url, code=0):
        done = ember("s3", "copy", *arguments, folder=tmp_path, environment=aws_environment(endpoint, tmp_path))
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return done.stdout + done.stderr
    return call


def daily(folder, years=(2023, 2024), days=4, header=""):
    for year in years:
        for day in range(1, days + 1):
            path = folder / "AAPL" / f"{year}-01-{day:02}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{header}{year}-01-{day:02},{day}\n")
    return folder


def joined(folder, pattern):
    return b"".join(path.read_bytes() for path in sorted(folder.glob(pattern)))


BY_YEAR = r".*/(\d{4})-\d{2}-\d{2}\.csv"


def test_daily_files_become_yearly_ones(copy, server, tmp_path):
    source = daily(tmp_path / "in")
    server.put_tree("bucket", tmp_path / "in")
    said = copy("s3://bucket/", "s3://other/yearly", "--group-by", BY_YEAR, "--src-pattern", r".*/AAPL/.*")
    assert "2 of 8 files" in said
    expected = {f"AAPL/{year}": joined(source, f"AAPL/{year}-*.csv") for year in (2023, 2024)}
    assert server.contents("other", "yearly") == expected
    # With S3DistCp's own words, and its own size in MiB.
    copy("--src=s3://bucket/", "--dest=s3://other/words", f"--groupBy={BY_YEAR}", "--targetSize=256",
         "--outputCodec=none", "--multipartUploadChunkSize=16")
    assert server.contents("other", "words") == {f"{name}.csv": text for name, text in expected.items()}
    # Between here and there.
    copy(source, "s3://other/up", "--group-by", BY_YEAR)
    assert server.contents("other", "up") == expected
    copy("s3://bucket/", tmp_path / "down", "--group-by", BY_YEAR)
    assert {str(path.relative_to(tmp_path / "down")): path.read_bytes()
            for path in (tmp_path / "down").rglob("*") if path.is_file()} == expected


def test_large_objects_are_joined_within_s3(copy, server, tmp_path):
    chance = random.Random(1)
    parts = [chance.randbytes(size) for size in (100, 20 << 20, 3 << 20, 3 << 20, 0, 12 << 20, 7)]
    bucket = server.client("bucket")
    for i, part in enumerate(parts):
        bucket.put(f"large/x{i}.bin", part)
    with FaultProxy(server.address) as proxy:
        copy("s3://bucket/large", "s3://other/large", "--group-by", r".*/(x)\d\.(bin)", "--multipartUploadChunkSize=5",
             endpoint=proxy.url)
        done = proxy.operations()
        assert done["CopyPart"] == 3 and done["UploadPart"] >= 2, done
    assert server.contents("other", "large") == {"xbin": b"".join(parts)}


@pytest.mark.parametrize("seed", [1, 2])
def test_some_requests_fail(copy, server, tmp_path, seed):
    source = daily(tmp_path / "in", years=range(2010, 2024), days=5)
    with FaultProxy(server.address, rate=0.15, seed=seed) as proxy:
        copy(source, f"s3://bucket/faults{seed}", "--group-by", BY_YEAR, endpoint=proxy.url)
        copy(f"s3://bucket/faults{seed}", f"s3://other/faults{seed}", "--group-by", r".*/(\d{3})\d", "--output-codec",
             "gz", endpoint=proxy.url)
        assert sum(proxy.faults().values()) >= 3
    there = server.contents("other", f"faults{seed}")
    assert sorted(there) == ["AAPL/201.gz", "AAPL/202.gz"]
    assert gzip.decompress(there["AAPL/201.gz"]) == joined(source, "AAPL/201*.csv")


def test_a_failure_shows_nothing(copy, server, tmp_path):
    source = daily(tmp_path / "in")
    with FaultProxy(server.address) as proxy:
        proxy.decide = lambda request: "denied" if request.operation == "UploadPart" and \
            proxy.operations()["UploadPart"] > 0 else None
        said = copy(source, "s3://bucket/failed", "--group-by", BY_YEAR, "--delete-on-success", "--output-manifest",
                    "_m.gz", "--parallel", "1", endpoint=proxy.url, code=1)
    assert "AccessDenied" in said
    assert server.contents("bucket", "failed") == {}
    assert len(list(source.rglob("*.csv"))) == 8
    done = ember("s3", "clean", "s3://bucket/failed", "--older-than", "0", folder=tmp_path,
                 environment=aws_environment(server.url, tmp_path))
    assert "0 unfinished uploads" in done.stdout


def test_manifests_make_it_incremental(copy, server, tmp_path):
    source = daily(tmp_path / "in", years=[2024], days=2)
    target = "s3://bucket/incremental"
    copy(source, target, "--group-by", BY_YEAR, "--output-manifest", "_first.gz")
    lines = [json.loads(line) for line in gzip.decompress(server.contents("bucket", "incremental")["_first.gz"]).splitlines()]
    assert lines[0] == {"path": f"{target}/AAPL/2024-01-01.csv", "baseName": "AAPL/2024-01-01.csv", "srcDir": target,
                        "size": 13}
    daily(source, years=[2024], days=3)
    said = copy(source, target, "--group-by", BY_YEAR, "--previous-manifest", f"{target}/_first.gz",
                "--output-manifest", "_second.gz")
    assert "1 of 1 files" in said and "2 copied before" in said
    there = server.contents("bucket", "incremental")
    assert there["AAPL/20241"] == b"2024-01-03,3\n"
    assert len(gzip.decompress(there["_second.gz"]).splitlines()) == 3
    # What a manifest lists, from where it says it is.
    copy(source, "s3://other/plain", "--src-pattern", ".*", "--output-manifest", "_m.gz")
    copy("s3://unused/", "s3://other/again", "--previous-manifest", "s3://other/plain/_m.gz", "--copy-from-manifest")
    assert sorted(server.contents("other", "again")) == [f"AAPL/2024-01-0{day}.csv" for day in (1, 2, 3)]


def test_headers_and_gzip_are_read_by_the_engine(copy, server, tmp_path):
    source = daily(tmp_path / "in", header="day,price\n")
    for path in source.rglob("*.csv"):
        (path.parent / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    by = r".*/(\d{4})-.*\.csv\.gz"
    assert "begin with the same line, \"day,price\"" in copy(source, "s3://bucket/gz", "--group-by", by)
    copy(source, "s3://bucket/gz1", "--group-by", by, "--header")
    there = server.contents("bucket", "gz1")
    assert sorted(there) == ["AAPL/2023.gz", "AAPL/2024.gz"]
    assert gzip.decompress(there["AAPL/2024.gz"]).count(b"day,price") == 1
    for folder, rows in (("gz", 16), ("gz1", 10)):
        done = ember("sql", f"SELECT count(*) AS n FROM csv.`s3://bucket/{folder}/AAPL/*.gz`", folder=tmp_path,
                     environment=aws_environment(server.url, tmp_path))
        assert f"|{rows} |" in done.stdout, done.stdout + done.stderr


def test_sources_go_when_all_is_there(copy, server, tmp_path):
    server.put_tree("bucket", daily(tmp_path / "in" / "moved").parent)
    copy("s3://bucket/moved", "s3://other/moved", "--group-by", BY_YEAR, "--delete-on-success")
    assert server.contents("bucket", "moved") == {}
    assert sorted(server.contents("other", "moved")) == ["AAPL/2023", "AAPL/2024"]


def test_dryrun_changes_nothing(copy, server, tmp_path):
    said = copy(daily(tmp_path / "in"), "s3://bucket/dry", "--group-by", BY_YEAR, "--dryrun")
    assert "would make s3://bucket/dry/AAPL/2023 of" in said and "nothing was changed" in said
    assert server.contents("bucket", "dry") == {}


@pytest.mark.parametrize("arguments,code,said", [
    (["a", "s3://bucket/x", "--group-by", ".*"], 2, "names the group"),
    (["a", "s3://bucket/x", "--group-by", "(.*"], 2, "regular expression"),
    (["a", "s3://bucket/x", "--group-by", "(.*)", "--target-size", "5 apples"], 2, "no size"),
    (["a", "s3://bucket/x", "--target-size", "5"], 2, "--group-by"),
    (["a", "s3://bucket/x", "--output-codec", "lzo"], 1, "lzo"),
    (["a", "s3://bucket/x", "--output-codec", "zip"], 2, "none of"),
    (["a", "hdfs:///x", "--group-by", "(.*)"], 1, "hdfs"),
    (["nothing", "s3://bucket/x", "--group-by", "(.*)"], 1, "PATH_NOT_FOUND"),
    (["a", "b", "c", "--group-by", "(.*)"], 2, "one source and one target"),
    (["a", "s3://bucket/x", "--group-by", "(.*)", "--include", "*.csv"], 2, "--src-pattern"),
])
def test_what_is_wrong_is_said(copy, tmp_path, arguments, code, said):
    daily(tmp_path / "a")
    assert said in copy(*arguments, code=code)
