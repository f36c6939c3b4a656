"""The S3 server of the tests (tools/setup/s3_server.sh), which verifies signatures."""
import contextlib
import os
import pathlib
import socket
import subprocess
import time
import urllib.error
import urllib.request

CACHE = pathlib.Path(os.environ.get("EMBER_CACHE") or pathlib.Path.home() / ".cache" / "ember")
SERVER = pathlib.Path(os.environ.get("EMBER_S3_SERVER") or CACHE / "s3-server" / "versitygw")
SECRET = "testsecret-not-to-be-shown"


@contextlib.contextmanager
def s3_server(folder, *buckets, region="us-east-1", scheme="http", key="test", options=()):
    """Runs it on the data in `folder`/data; gives its address, "127.0.0.1:PORT"."""
    assert SERVER.exists(), "run tools/setup/s3_server.sh"
    for bucket in buckets:
        (folder / "data" / bucket).mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    # Not on its command line: a test looks for the secret there.
    process = subprocess.Popen(
        [str(SERVER), "--port", address, "--region", region, "--quiet", *options, "posix", str(folder / "data")],
        env={**os.environ, "ROOT_ACCESS_KEY_ID": key, "ROOT_SECRET_ACCESS_KEY": SECRET},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://{address}/", timeout=1)
            break
        except urllib.error.HTTPError:
            break
        except OSError as error:
            if scheme == "https" and "refused" not in str(error):
                break  # it answers, in its own way
            time.sleep(0.1)
    try:
        yield address
    finally:
        process.terminate()
        process.wait(20)


def aws_environment(endpoint, folder):
    """AWS's usual environment variables, and nothing of this machine's own."""
    return {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL_S3": endpoint, "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": str(folder / "none"), "AWS_SHARED_CREDENTIALS_FILE": str(folder / "none")}
