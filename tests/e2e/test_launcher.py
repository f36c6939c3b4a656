"""`ember python`: what local Spark programs say before their first query passes; the rest is handed on."""
import os
import signal
import subprocess
import sys
import time

from conftest import ember_binary, run_python

PREAMBLE = """
from pyspark.sql import SparkSession
spark = (SparkSession.builder.master("local[*]").appName("old program")
         .config("spark.executor.memory", "4g").config("spark.sql.shuffle.partitions", "4").getOrCreate())
"""


def test_master_config_and_log_level_pass(tmp_path):
    done = run_python(PREAMBLE + """
sc = spark.sparkContext
sc.setLogLevel("ERROR")
assert sc.appName == "old program", sc.appName
assert sc.version == spark.version
assert sc.defaultParallelism >= 1 and sc.applicationId
assert spark.conf.get("spark.sql.shuffle.partitions") == "4"
assert SparkSession.builder.getOrCreate() is spark
print(spark.range(3).count())
spark.stop()
""", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "3\n"
    assert "Warning" not in done.stderr


def test_other_uses_of_the_context_name_themselves(tmp_path):
    done = run_python(PREAMBLE + "spark.sparkContext.parallelize([1])\n", folder=tmp_path)
    assert done.returncode == 1
    assert "sparkContext.parallelize" in done.stderr
    done = run_python(PREAMBLE + "spark.sparkContext.setLogLevel('LOUD')\n", folder=tmp_path)
    assert done.returncode == 1
    assert "LOUD" in done.stderr


def test_arguments_input_output_and_exit_code_are_handed_on(tmp_path):
    program = "import sys\nprint(sys.argv[1:], sys.stdin.read())\nprint('e', file=sys.stderr)\nsys.exit(7)\n"
    (tmp_path / "job.py").write_text(program)
    done = subprocess.run(
        [ember_binary(), "python", "--python", sys.executable, "job.py", "--memory", "x", "-v"],
        cwd=tmp_path, input="input", capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (7, "['--memory', 'x', '-v'] input\n", "e\n")


def test_a_failing_program_says_why(tmp_path):
    done = run_python(PREAMBLE + "spark.read.parquet('nowhere').show()\n", folder=tmp_path)
    assert done.returncode == 1
    assert "PATH_NOT_FOUND" in done.stderr


def test_signals_reach_the_program(tmp_path):
    (tmp_path / "job.py").write_text("""
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(9))
print("ready", flush=True)
time.sleep(60)
""")
    process = subprocess.Popen([ember_binary(), "python", "--python", sys.executable, "job.py"],
                               cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 9


def test_the_users_sitecustomize_still_runs(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own/sitecustomize.py").write_text("import sys\nsys.mine = 1\n")
    done = run_python("import sys\nprint(sys.mine)\n", folder=tmp_path,
                      environment={"PYTHONPATH": str(tmp_path / "own")})
    assert done.stdout == "1\n", done.stderr


def test_a_missing_interpreter_is_a_clear_error(tmp_path):
    (tmp_path / "job.py").write_text("print(1)\n")
    done = subprocess.run([ember_binary(), "python", "--python", "/no/python", "job.py"], cwd=tmp_path,
                          capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "/no/python" in done.stderr and "--python" in done.stderr


def test_a_busy_port_is_a_clear_error(tmp_path, address):
    port = address.split("/;")[0].rsplit(":", 1)[1]
    done = subprocess.run([ember_binary(), "serve", "--port", port], cwd=tmp_path, capture_output=True,
                          text=True, timeout=60)
    assert done.returncode != 0
    assert f"127.0.0.1:{port}" in done.stderr and "in use" in done.stderr
    assert done.stdout == ""


def test_serve_ends_at_ctrl_c(tmp_path):
    process = subprocess.Popen([ember_binary(), "serve", "--port", "0"], cwd=tmp_path,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout.readline().startswith("sc://127.0.0.1:")
    start = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.wait(10)
    assert time.monotonic() - start < 5
    assert "SPARK_REMOTE" in process.stderr.read()


def test_the_secret_may_come_from_a_file(tmp_path):
    (tmp_path / "secret").write_text("from-a-file\n")
    process = subprocess.Popen(
        [ember_binary(), "serve", "--port", "0", "--secret-file", "secret"], cwd=tmp_path,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=dict(os.environ))
    try:
        assert process.stdout.readline().endswith("x-ember-secret=from-a-file\n")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
