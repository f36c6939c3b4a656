"""Encryption by the service: every object is asked for as the session's settings say."""
import pytest

from conftest import run_python
from fault_proxy import FaultProxy
from s3_server import aws_environment, lacks, s3_server
from test_s3_faults import ember

MAKES_OBJECTS = {"Put", "CreateUpload", "Copy"}
ALGORITHM, KEY = "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id"

PROGRAM = """
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
for name, value in {settings}.items():
    spark.conf.set("spark.hadoop.fs.s3a." + name, value)
spark.range(5).write.mode("overwrite").parquet("s3a://{bucket}/sealed")
print(spark.read.parquet("s3a://{bucket}/sealed").count())
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with s3_server(tmp_path_factory.mktemp("s3"), "bucket", "other") as running:
        yield running


@pytest.fixture
def proxy(server):
    with FaultProxy(server) as between:
        between.headers = []
        between.decide = lambda request: between.headers.append((request.operation, request.headers))
        yield between


def sealed(proxy):
    """What the requests that make objects say, and that no other says anything."""
    assert not [name for name, headers in proxy.headers if name not in MAKES_OBJECTS and ALGORITHM in headers]
    return {(headers.get(ALGORITHM), headers.get(KEY)) for name, headers in proxy.headers if name in MAKES_OBJECTS}


@pytest.mark.parametrize("settings,bucket,said", [
    ({"encryption.algorithm": "AES256"}, "bucket", ("AES256", None)),
    ({"server-side-encryption-algorithm": "SSE-KMS"}, "bucket", ("aws:kms", None)),
    ({"encryption.algorithm": "SSE-KMS", "encryption.key": "arn:aws:kms:us-east-1:1:key/ours"}, "bucket",
     ("aws:kms", "arn:aws:kms:us-east-1:1:key/ours")),
    ({"bucket.other.encryption.algorithm": "SSE-KMS", "bucket.other.encryption.key": "k"}, "other", ("aws:kms", "k")),
    ({"bucket.other.encryption.algorithm": "SSE-KMS"}, "bucket", (None, None)),
])
def test_what_is_written_is_encrypted(server, proxy, tmp_path, settings, bucket, said):
    done = run_python(PROGRAM.format(settings=settings, bucket=bucket), folder=tmp_path,
                      environment=aws_environment(proxy.url, tmp_path))
    assert done.returncode == 0 and done.stdout.split() == ["5"], done.stderr[-2000:]
    assert sealed(proxy) == {said}
    assert {"Put", "CreateUpload"} <= {name for name, _ in proxy.headers}  # the journal and the files
    if not lacks("encryption"):
        s3 = server.client(bucket)
        files = [key for key in s3.keys("sealed/") if "part-" in key]
        assert files and {s3.head(key).get(ALGORITHM) for key in files} == {said[0]}


def test_what_is_ingested_is_encrypted(proxy, tmp_path):
    (tmp_path / "a.csv").write_text("x\n1\n")
    (tmp_path / "p.yaml").write_text("""
spark: {spark.hadoop.fs.s3a.encryption.algorithm: SSE-KMS, spark.hadoop.fs.s3a.encryption.key: k}
ingest: {raw: {from: [a.csv], to: "s3://bucket/raw"}}
inputs: {raw: {path: "s3://bucket/raw", columns: {x: int}}}
outputs: {out: {from: raw, path: "s3://bucket/ingested"}}
""")
    done = ember("run", tmp_path / "p.yaml", folder=tmp_path, environment=aws_environment(proxy.url, tmp_path))
    assert done.returncode == 0, done.stderr
    assert sealed(proxy) == {("aws:kms", "k")}


@pytest.mark.parametrize("settings,said", [
    ({"encryption.algorithm": "SSE-C", "encryption.key": "TOPSECRET"}, "SSE-C"),
    ({"encryption.algorithm": "CSE-KMS", "encryption.key": "TOPSECRET"}, "CSE-KMS"),
    ({"encryption.algorithm": "CSE-CUSTOM"}, "CSE-CUSTOM"),
    ({"encryption.algorithm": "SSE-KMS", "encryption.context": "a=b"}, "encryption.context"),
    ({"encryption.key": "TOPSECRET"}, "without fs.s3a.encryption.algorithm"),
])
def test_what_would_not_be_encrypted_as_asked_is_refused(proxy, tmp_path, settings, said):
    done = run_python(PROGRAM.format(settings=settings, bucket="bucket"), folder=tmp_path,
                      environment=aws_environment(proxy.url, tmp_path))
    assert done.returncode != 0 and said in done.stderr and "TOPSECRET" not in done.stdout + done.stderr
    assert not proxy.headers


@pytest.mark.parametrize("flags,said", [
    (["--sse", "AES256"], ("AES256", None)),
    (["--sse", "aws:kms"], ("aws:kms", None)),
    (["--sse", "aws:kms:dsse", "--sse-kms-key-id", "arn:aws:kms:us-east-1:1:key/ours"],
     ("aws:kms:dsse", "arn:aws:kms:us-east-1:1:key/ours")),
    ([], (None, None)),
])
def test_transfers_encrypt_as_their_flags_say(server, proxy, tmp_path, flags, said):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a1.csv").write_text("x\n1\n")
    (tmp_path / "in/a2.csv").write_bytes(b"1,2\n" * (3 << 20))

    def transfer(*arguments):
        proxy.headers.clear()
        done = ember("s3", *arguments, "--force", *flags, folder=tmp_path,
                     environment=aws_environment(proxy.url, tmp_path))
        assert done.returncode == 0, done.stderr
        assert sealed(proxy) == {said}
        return {name for name, _ in proxy.headers} & MAKES_OBJECTS

    assert transfer("put", "in", "s3://bucket/flags") == {"Put", "CreateUpload"}
    assert transfer("copy", "s3://bucket/flags", "s3://other/flags") == {"Copy"}
    assert transfer("sync", "s3://bucket/flags", "s3://other/again") == {"Copy"}
    assert transfer("copy", "s3://bucket/flags", "s3://other/joined", "--group-by", r".*/(a)\d\..*",
                    "--output-manifest", "_m.gz") == {"Put", "CreateUpload"}


@pytest.mark.parametrize("flags", [["--sse", "SSE-C"], ["--sse-kms-key-id", "k"]])
def test_flags_that_say_nothing_whole_are_refused(tmp_path, flags):
    done = ember("s3", "put", "a", "s3://bucket/x", *flags, folder=tmp_path)
    assert done.returncode == 2 and "--sse" in done.stdout + done.stderr
