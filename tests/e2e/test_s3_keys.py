"""Who may read S3: keys that are renewed, keys that are wrong, and keys that nobody ever sees."""
import contextlib
import datetime
import http.server
import json
import pathlib
import re
import stat
import subprocess
import threading
import time

import pytest

from conftest import run_python
from fault_proxy import FaultProxy, key_of
from s3_server import SECRET, aws_environment, need, s3_server
from test_s3_faults import ember

TOKEN = "sessiontoken-not-to-be-shown"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("s3")
    with s3_server(folder, "bucket", "other") as running:
        done = ember("sql", *(f"INSERT OVERWRITE DIRECTORY '{folder}/tree/many/{i}' USING parquet "
                              f"SELECT id FROM range({i * 100}, {i * 100 + 100})" for i in range(40)), folder=folder)
        assert done.returncode == 0, done.stderr
        running.put_tree("bucket", folder / "tree")
        running.put_tree("other", folder / "tree")
        yield running, folder


class CommandLines(threading.Thread):
    """Collects the command lines of all processes for as long as the block lasts."""

    def __enter__(self):
        self.seen, self.is_over = set(), False
        self.start()
        return self

    def run(self):
        while not self.is_over:
            for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
                with contextlib.suppress(OSError):
                    self.seen.add(path.read_bytes())
            time.sleep(0.02)

    def __exit__(self, *_):
        self.is_over = True
        self.join()


def assert_no_secret(*texts):
    for text in texts:
        data = text if isinstance(text, bytes) else text.encode()
        for secret in (SECRET, TOKEN):
            assert secret.encode() not in data, f"{secret} in {data[:2000]!r}"


PIPELINE = """
inputs: {many: {format: parquet, path: s3://bucket/many/*}}
outputs: {few: {from: many, path: s3://bucket/few}}
"""


@pytest.mark.parametrize("token", ["", TOKEN])
def test_secrets_are_never_shown(server, tmp_path, token):
    if token:
        need("tokens")
    environment = {**aws_environment(server[0].url, tmp_path), "AWS_SESSION_TOKEN": token}
    (tmp_path / "p.yaml").write_text(PIPELINE)
    (tmp_path / "f.csv").write_text("a\n1\n")
    outputs = []
    with CommandLines() as command_lines:
        for arguments in (["run", "p.yaml"], ["run", "--json", "p.yaml"], ["run", "--check", "p.yaml"],
                          ["sql", "SELECT count(*) FROM parquet.`s3://bucket/many/*`"],
                          ["sql", "EXPLAIN EXTENDED SELECT * FROM parquet.`s3://bucket/many/1`"],
                          ["sql", "SELECT * FROM csv.`s3://bucket/nothing`"], ["sql", "SET"],
                          ["s3", "ls", "s3://bucket/"], ["s3", "put", "f.csv", "s3://bucket/f/"],
                          ["s3", "sync", "--dryrun", ".", "s3://bucket/f"], ["s3", "clean", "s3://bucket/few"]):
            done = ember(*arguments, folder=tmp_path, environment=environment)
            outputs += [done.stdout, done.stderr]
            # The server knows no tokens: with one, everything is an error that names what is wrong.
            if token and "s3" in arguments[-1]:
                assert "InvalidToken" in done.stderr and done.returncode == 1, (arguments, done.stderr)
        done = run_python(f'''
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
for key, value in {{"access.key": "test", "secret.key": open("secret").read(), "session.token": "{token}",
                   "endpoint": "{server[0].url}"}}.items():
    if value: spark.conf.set("spark.hadoop.fs.s3a." + key, value)
spark.sql("SET").show(1000, False)
spark.sql("SET spark.hadoop.fs.s3a.secret.key").show(1000, False)
df = spark.read.parquet("s3a://bucket/many/1")
df.explain("extended")
print(df.count())
spark.read.csv("s3a://bucket/missing").count()
''', folder=(tmp_path / "secret").write_text(SECRET) and tmp_path)
        outputs += [done.stdout, done.stderr]
        if not token:
            assert "redacted" in done.stdout and "PATH_NOT_FOUND" in done.stderr
    assert_no_secret(*outputs, *command_lines.seen)
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.name not in ("secret", "job.py"):
            assert_no_secret(path.read_bytes())
    for path in (server[1] / "data").rglob("*"):
        if path.is_file() and path.stat().st_size < 100000:
            assert_no_secret(path.read_bytes())


def keys_that_expire(first, then):
    """What a source of keys answers at its first call, and what later. Keys are asked for again five minutes before
    they expire: the first ones after some four seconds."""
    expires = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=304)
    return [json.dumps({"Version": 1, "AccessKeyId": name, "SecretAccessKey": SECRET, "Token": "", "Expiration": until})
            for name, until in ((first, expires.strftime("%Y-%m-%dT%H:%M:%SZ")), (then, "2100-01-01T00:00:00Z"))]


@contextlib.contextmanager
def container_endpoint(answers):
    """Gives keys as ECS does: the URL of a server whose first answer is the first of `answers`."""
    left = list(answers)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = (left.pop(0) if len(left) > 1 else left[0]).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{running.server_port}/keys"
        finally:
            running.shutdown()
            thread.join()


def test_keys_of_every_bucket_are_renewed_while_a_query_runs(server, tmp_path):
    need("shared data")
    first, then = keys_that_expire("test", "second")
    keys = tmp_path / "keys.py"
    keys.write_text(f"""#!/usr/bin/env python3
with open("{tmp_path}/count", "a+") as file:
    file.write("x"); file.seek(0); is_first = len(file.read()) == 1
print({first!r} if is_first else {then!r})
""")
    keys.chmod(keys.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "config").write_text(f"[profile renewing]\ncredential_process = {keys}\n")
    provider = "software.amazon.awssdk.auth.credentials.{}CredentialsProvider"
    names = ("second", "early", "late")
    with contextlib.ExitStack() as stack:
        others = [stack.enter_context(s3_server(server[1], key=name)) for name in names]
        proxy = stack.enter_context(FaultProxy(server[0].address))
        source = stack.enter_context(container_endpoint(keys_that_expire("early", "late")))
        proxy.upstreams = {name: ("127.0.0.1", int(other.address.rsplit(":", 1)[1]))
                           for name, other in zip(names, others)}
        started = time.monotonic()

        def decide(request):
            time.sleep(0.15)
            return "expired" if key_of(request) in ("test", "early") and time.monotonic() - started > 11 else None
        proxy.decide = decide
        environment = {**aws_environment(proxy.url, tmp_path), "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "",
                       "AWS_PROFILE": "renewing", "AWS_CONFIG_FILE": str(tmp_path / "config"),
                       "AWS_CONTAINER_CREDENTIALS_FULL_URI": source}
        settings = [f"SET spark.hadoop.fs.s3a.bucket.{bucket}.aws.credentials.provider={provider.format(name)}"
                    for bucket, name in (("bucket", "Profile"), ("other", "Container"))]
        done = ember("sql", "--threads", "1", "--format", "json", *settings,
                     "SELECT count(*) AS n, sum(id) AS s FROM (SELECT id FROM parquet.`s3://bucket/many/*` UNION ALL "
                     "SELECT id FROM parquet.`s3://other/many/*`)", folder=tmp_path, environment=environment)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout.splitlines()[-1]) in ({"n": 8000, "s": 15996000}, {"n": "8000", "s": "15996000"})
        assert time.monotonic() - started > 11, "too quick to prove anything"
        seen = {(seen.target.split("/")[1], seen.key_id) for seen in proxy.seen if seen.operation == "Get"}
        assert seen == {("bucket", "test"), ("bucket", "second"), ("other", "early"), ("other", "late")}


@pytest.fixture(scope="module")
def tls_server(tmp_path_factory):
    """A server behind TLS, with a certificate that only ca.pem knows."""
    need("tls")
    folder = tmp_path_factory.mktemp("tls")

    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
            "-subj", "/CN=Test CA")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "request.pem", "-subj", "/CN=127.0.0.1")
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-out", "cert.pem", "-extfile", "names")
    with s3_server(folder, "bucket", scheme="https",
                   options=["--cert", str(folder / "cert.pem"), "--key", str(folder / "key.pem")]) as running:
        yield running.url, folder / "ca.pem"


def test_the_users_own_certificates(tls_server, tmp_path):
    environment = {**aws_environment(tls_server[0], tmp_path), "AWS_CA_BUNDLE": str(tls_server[1])}
    done = ember("sql", "INSERT OVERWRITE DIRECTORY 's3://bucket/t' USING parquet SELECT 7 AS x",
                 "SELECT x FROM parquet.`s3://bucket/t`", folder=tmp_path, environment=environment)
    assert done.returncode == 0 and "7" in done.stdout, done.stderr
    assert ember("s3", "ls", "s3://bucket/t/", folder=tmp_path, environment=environment).returncode == 0


def case(said, code=1, **environment):
    return pytest.param(said, code, environment)


WRONG = {
    "no credentials": case("Tried in this order: environment.*Set AWS_ACCESS_KEY_ID", AWS_ACCESS_KEY_ID="",
                           AWS_SECRET_ACCESS_KEY=""),
    "wrong secret": case("SignatureDoesNotMatch.*secret key .environment. is wrong", AWS_SECRET_ACCESS_KEY="TOPSECRET"),
    "unreachable": case("No answer from 127.0.0.1:1:.*Check that the address is right",
                        AWS_ENDPOINT_URL_S3="http://127.0.0.1:1", AWS_MAX_ATTEMPTS="1"),
    "no such host": case("No answer from no-such-host.invalid.*Check the host name",
                         AWS_ENDPOINT_URL_S3="http://no-such-host.invalid", AWS_MAX_ATTEMPTS="1"),
    "no profile": case('profile "nobody" is neither in', AWS_PROFILE="nobody"),
    "no address": case("an http:// or https:// address", 2, AWS_ENDPOINT_URL_S3="ftp://x"),
    "no number": case("number of attempts", AWS_MAX_ATTEMPTS="many"),
}


@pytest.mark.parametrize("verb", ["sql", "s3"])
@pytest.mark.parametrize("said,code,change", list(WRONG.values()), ids=list(WRONG))
def test_what_is_wrong_and_what_to_do(server, tmp_path, verb, said, code, change):
    if "Signature" in said:
        need("signatures")
    arguments = ["sql", "SELECT * FROM parquet.`s3://bucket/many/1`"] if verb == "sql" else ["s3", "ls", "s3://bucket/"]
    done = ember(*arguments, folder=tmp_path,
                 environment={**aws_environment(server[0].url, tmp_path), **change})
    assert done.returncode == code, done.stderr
    assert re.search(said, done.stderr, re.DOTALL), done.stderr
    assert "TOPSECRET" not in done.stderr


@pytest.mark.parametrize("arguments", [["sql", "SELECT * FROM csv.`s3://BUCKET/x`"], ["s3", "ls", "s3://BUCKET/x"],
                                       ["sql", "INSERT OVERWRITE DIRECTORY 's3://BUCKET/x' USING csv SELECT 1"]])
def test_buckets_that_are_not_ours(server, tmp_path, arguments):
    environment = aws_environment(server[0].url, tmp_path)
    missing = [text.replace("BUCKET", "no-such-bucket") for text in arguments]
    done = ember(*missing, folder=tmp_path, environment=environment)
    assert done.returncode == 1 and "NoSuchBucket" in done.stderr and "Check the name of the bucket" in done.stderr
    with FaultProxy(server[0].address, rate=1.0, kinds=["denied"]) as proxy:
        done = ember(*[text.replace("BUCKET", "bucket") for text in arguments], folder=tmp_path,
                     environment={**environment, "AWS_ENDPOINT_URL_S3": proxy.url})
        assert done.returncode == 1 and "AccessDenied" in done.stderr and "check their policy" in done.stderr
        assert len(proxy.seen) <= 3  # what will not help is not tried again


def test_tls_where_there_is_none_and_the_other_way_round(server, tls_server, tmp_path):
    listing = ["s3", "ls", "s3://bucket/"]
    plain = {**aws_environment(f"https://{server[0].address}", tmp_path), "AWS_MAX_ATTEMPTS": "1"}
    done = ember(*listing, folder=tmp_path, environment=plain)
    assert done.returncode == 1 and "an endpoint without TLS needs http://" in done.stderr
    unknown = {**aws_environment(tls_server[0], tmp_path), "AWS_MAX_ATTEMPTS": "1"}
    done = ember(*listing, folder=tmp_path, environment=unknown)
    assert done.returncode == 1 and "AWS_CA_BUNDLE" in done.stderr
    http = {**unknown, "AWS_ENDPOINT_URL_S3": tls_server[0].replace("https", "http")}
    done = ember(*listing, folder=tmp_path, environment=http)
    assert done.returncode == 1 and "https://" in done.stderr
