"""`ember emr size` and `cost` from a job: what its pipeline reads and does."""
import json
import os
import subprocess

import pytest

from conftest import ROOT, ember

PIPELINE = """
inputs:
  prices: {path: prices/*.csv, columns: {ticker: string, day: date, close: double}}
  names: {path: names.csv, columns: {ticker: string, name: string}}
steps:
  named:
    from: prices
    do:
      - join: {with: names, on: [ticker]}
  averages:
    from: named
    do:
      - sql: SELECT *, avg(close) OVER (PARTITION BY ticker ORDER BY day) AS a FROM input
outputs:
  out: {from: averages, path: out, partition_by: [ticker]}
"""


@pytest.fixture
def job(tmp_path):
    (tmp_path / "prices").mkdir()
    for i in range(3):
        rows = "".join(f"T{k % 50},2024-01-0{i + 1},{k}.5\n" for k in range(20000))
        (tmp_path / "prices" / f"{i}.csv").write_text("ticker,day,close\n" + rows)
    (tmp_path / "names.csv").write_text("ticker,name\n" + "".join(f"T{k},N{k}\n" for k in range(50)))
    file = tmp_path / "job.yaml"
    file.write_text(PIPELINE)
    return file


def bytes_of(job):
    return sum(path.stat().st_size for path in job.parent.rglob("*.csv"))


def test_a_jobs_plan_sizes_its_cluster(job):
    sizing = json.loads(ember("size", "--pipeline", job, "--json"))
    assert sizing["input_bytes"] == bytes_of(job)
    reasons = "\n".join(sizing["reasons"])
    assert "4 files of 2 sources" in reasons and "1 broadcast join, 1 window;" in reasons
    assert not sizing["needs_cluster"] and not sizing["memory_bound"] and sizing["shuffle_partitions"] == 0
    large = json.loads(ember("size", "--pipeline", job, "--input", "500GiB", "--json"))
    assert large["input_bytes"] == 500 << 30 and large["shuffle_partitions"] > 3000
    text = ember("size", "--pipeline", job, "--input", "500GiB")
    assert "only a part of" in text and f"shuffle_partitions: {large['shuffle_partitions']}" in text


def test_what_a_pipeline_keeps_is_bound_by_memory(job):
    job.write_text(PIPELINE.replace("  named:\n", "  named:\n    cache: true\n"))
    sizing = json.loads(ember("size", "--pipeline", job, "--input", "2TiB", "--json"))
    assert sizing["memory_bound"] and sizing["type"].startswith("r5.")
    assert "persisted frame" in "\n".join(sizing["reasons"])


def test_a_measured_run_says_whether_a_cluster_is_needed(job, tmp_path):
    binary = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
    done = subprocess.run([binary, "run", "--json", job], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    report = tmp_path / "run.json"
    report.write_text(done.stdout)
    seed = ROOT / "examples/emr/seed.yaml"
    arguments = ["cost", seed, "--pipeline", job, "--measured", report]
    here = json.loads(ember(*arguments, "--json", "--input-bytes", bytes_of(job)))["this_machine"]
    assert here["local_hours"] == pytest.approx(json.loads(done.stdout)["seconds"] / 3600)
    assert not here["needs_cluster"]
    there = json.loads(ember(*arguments, "--json", "--input-bytes", "100TiB", "--hours", 1))["this_machine"]
    assert there["needs_cluster"] and there["cluster_hours"] < there["local_hours"]
    assert "no cluster is needed" in ember(*arguments, "--input-bytes", bytes_of(job))


def test_what_is_wrong_is_said(job, tmp_path):
    seed = ROOT / "examples/emr/seed.yaml"
    ember("size", exit_code=2)
    ember("cost", seed, "--pipeline", job, exit_code=2)
    ember("cost", seed, "--measured", job, exit_code=2)
    (tmp_path / "none.json").write_text("[]")
    ember("cost", seed, "--pipeline", job, "--measured", tmp_path / "none.json", exit_code=2)
    ember("size", "--pipeline", tmp_path / "nothing.yaml", exit_code=2)
