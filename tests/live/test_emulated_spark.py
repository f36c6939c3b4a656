"""The Spark below the emulator of Amazon EMR: a real one, whose nodes come and go while a step runs."""
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("EMBER_BIN") or ROOT / "build/dev/bin/ember")


def test_a_step_survives_the_loss_of_its_nodes():
    test = BINARY.parent / "ember_emulator_test"
    environment = {**os.environ, "EMBER_LIVE_EMULATOR": str(BINARY), "EMBER_LIVE_SPARK": "4.0",
                   "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1"}
    environment.pop("SPARK_HOME", None)
    done = subprocess.run([test, "--gtest_filter=LiveSparkTest.*"], env=environment, capture_output=True, text=True,
                          timeout=3000)
    assert done.returncode == 0 and "[  PASSED  ] 1 test." in done.stdout, done.stdout + done.stderr
