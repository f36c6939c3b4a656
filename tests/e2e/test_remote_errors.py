"""What `--on` says when a real Spark cannot be used, and what it sends to one that can."""
import os
import signal
import socket
import subprocess
import time

import pytest

from conftest import ember_binary
from fake_spark import FakeSpark, certificate, fake_spark

SECRET = "token-not-to-be-shown"


def ember(*arguments, **environment):
    variables = {k: v for k, v in os.environ.items() if not k.startswith("SPARK_")}
    done = subprocess.run([ember_binary(), *arguments], env={**variables, **environment}, capture_output=True, text=True,
                          timeout=60)
    assert SECRET not in done.stdout + done.stderr
    return done


def check(*arguments, **environment):
    """A pipeline's check needs nothing but a session."""
    return ember("sql", "SELECT 1", *arguments, **environment)


@pytest.mark.parametrize("on, hint", [
    ("spark://h:7077", "that is a Spark master"), ("local[4]", "--threads N"), ("yarn", "name a Spark Connect server"),
    ("sparc", "--on takes local, sc://"), ("sc://", "the host is missing"), ("sc://h:99999", "'99999' is not a port"),
    (f"sc://h/;token={SECRET};use_ssl=yes", "use_ssl must be true or false"), (f"sc://h/;token={SECRET};x", "not key=value"),
    (f"sc://h/x;token={SECRET}", "only parameters"), (f"sc://h/;a b={SECRET}", "cannot be a header's")])
@pytest.mark.parametrize("verb", [["sql", "SELECT 1"], ["run", "nothing.yaml"], ["python"]])
def test_wrong_addresses(tmp_path, verb, on, hint):
    (tmp_path / "p.yaml").write_text("inputs: {}\noutputs: {}\n")
    (tmp_path / "job.py").write_text("print('ran')")
    tail = {"run": [str(tmp_path / "p.yaml")], "python": [str(tmp_path / "job.py")]}.get(verb[0], verb[1:])
    done = ember(verb[0], "--on", on, *tail)
    assert done.returncode == 2 and hint in done.stderr and "ran" not in done.stdout


def test_local_flags_are_no_flags_of_a_real_spark():
    done = check("--on", "sc://127.0.0.1:1", "--memory", "1GB", "--threads", "2")
    assert done.returncode == 2 and "--threads, --memory shape the engine of this process" in done.stderr
    done = check("--token-command", "true")
    assert done.returncode == 2 and "add --on sc://" in done.stderr


def test_nobody_listens():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        done = check("--on", f"sc://127.0.0.1:{probe.getsockname()[1]}")
    assert done.returncode == 1
    assert "EMBER_CONNECT.UNREACHABLE" in done.stderr and "start a Spark Connect server" in done.stderr
    done = check("--on", "sc://no-such-host.invalid")
    assert done.returncode == 1 and "EMBER_CONNECT.UNREACHABLE" in done.stderr


@pytest.mark.parametrize("version, text", [("3.4.4", "is Spark 3.4.4"), ("5.0.0", "is Spark 5.0.0"), ("", "no version")])
def test_unknown_versions(version, text):
    with fake_spark(FakeSpark(version)) as server:
        done = check("--on", f"sc://{server}")
    assert done.returncode == 1 and "EMBER_CONNECT.VERSION" in done.stderr and text in done.stderr
    assert "Spark 3.5 and 4.x" in done.stderr


@pytest.mark.parametrize("version", ["3.5.6-amzn-1", "4.0.2", "4.2.0"])
def test_a_session_has_its_own_mode_and_zone(version):
    fake = FakeSpark(version)
    with fake_spark(fake) as server:
        done = check("--on", f"sc://{server}/;user_id=ann;x-trace=seven", "-v", TZ="Asia/Tokyo")
    assert done.returncode == 1  # it runs nothing
    assert fake.settings == {"spark.sql.ansi.enabled": "true", "spark.sql.session.timeZone": "Asia/Tokyo"}
    assert fake.users == {"ann"} and fake.headers["x-trace"] == "seven"
    assert f"Spark {version} at {server}, ANSI mode on, time zone Asia/Tokyo" in done.stderr


def test_tokens():
    fake = FakeSpark(token=SECRET)
    with fake_spark(fake) as server:
        done = check("--on", f"sc://{server}")
        assert done.returncode == 1 and "EMBER_CONNECT.REFUSED" in done.stderr
        assert "SPARK_CONNECT_AUTHENTICATE_TOKEN" in done.stderr
        # A server that repeats what it got makes it no secret less.
        done = check("--on", f"sc://{server}/;token={SECRET}2")
        assert done.returncode == 1 and "wrong token: Bearer ***" in done.stderr and "still valid" in done.stderr
        for arguments, variables in (([f"sc://{server}/;token={SECRET}"], {}),
                                     ([f"sc://{server}"], {"SPARK_CONNECT_AUTHENTICATE_TOKEN": SECRET}),
                                     ([f"sc://{server}", "--token-command", f"echo {SECRET}"], {})):
            fake.settings.clear()
            check("-v", "--on", *arguments, **variables)
            assert fake.settings, arguments
        done = check("--on", f"sc://{server}", "--token-command", "echo no such account >&2; exit 3")
        assert done.returncode == 2 and "exit code 3" in done.stderr
        assert "printed no token" in check("--on", f"sc://{server}", "--token-command", "true").stderr


def test_tls(tmp_path):
    key, pem = certificate(tmp_path)
    fake = FakeSpark(token=SECRET)
    with fake_spark(fake, key, pem) as server:
        address = f"sc://{server}/;use_ssl=true;token={SECRET}"
        check("--on", address, "--ca", str(pem))
        assert fake.settings
        done = check("--on", address)
        assert done.returncode == 1 and "EMBER_CONNECT.UNREACHABLE" in done.stderr and "--ca" in done.stderr
        done = check("--on", f"sc://{server}")
        assert done.returncode == 1 and "wants TLS" in done.stderr
    with fake_spark(FakeSpark()) as server:
        done = check("--on", f"sc://{server}/;use_ssl=true")
        assert done.returncode == 1 and "TLS" in done.stderr
    (tmp_path / "no.pem").write_text("no certificate")
    done = check("--on", "sc://127.0.0.1:1/;use_ssl=true", "--ca", str(tmp_path / "no.pem"))
    assert done.returncode == 2 and "PEM" in done.stderr
    done = check("--on", "sc://127.0.0.1:1", "--ca", str(pem))
    assert done.returncode == 2 and "use_ssl=true" in done.stderr


def test_files_that_only_this_machine_has(tmp_path):
    (tmp_path / "prices.csv").write_text("a\n1\n")
    (tmp_path / "p.yaml").write_text("inputs: {p: {path: prices.csv}}\noutputs: {p: {path: out}}\n")
    with fake_spark(FakeSpark(missing=tmp_path / "prices.csv")) as server:
        done = ember("run", str(tmp_path / "p.yaml"), "--on", f"sc://{server}")
        assert done.returncode == 1 and "p.yaml:1: input 'p': [PATH_NOT_FOUND]" in done.stderr
        assert "does not see this machine's files" in done.stderr
        (tmp_path / "prices.csv").unlink()
        done = ember("run", str(tmp_path / "p.yaml"), "--on", f"sc://{server}")
        assert done.returncode == 1 and "this machine's files" not in done.stderr


def test_no_token_in_the_process_list():
    """A server that never answers, so that there is time to look."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        process = subprocess.Popen(
            [ember_binary(), "sql", "SELECT 1", "--on", f"sc://127.0.0.1:{listener.getsockname()[1]}/;token={SECRET}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(1)
        with open(f"/proc/{process.pid}/cmdline", "rb") as file:
            shown = file.read()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert b"--on" in shown and SECRET.encode() not in shown
    assert process.returncode == 130
