"""Working on a cluster that runs: submit, logs, sessions, import, --on emr:…, as a program."""
import gzip
import os
import signal
import subprocess
import time

import pytest

from conftest import EXAMPLES, ROOT, ember
from fake_aws import FakeAws, Refusal

CREATED = 1_790_000_000


def cluster(release="emr-7.13.0", state="WAITING", **more):
    return {"Cluster": {"Id": "j-1", "Name": "stocks", "Status": {"State": state,
            "Timeline": {"CreationDateTime": CREATED}}, "ReleaseLabel": release, "LogUri": "s3n://logs/emr/",
            "InstanceCollectionType": "INSTANCE_GROUP", **more}}


def step(state, **status):
    return {"Step": {"Id": "s-1", "Name": "x", "Status": {"State": state, **status}}}


@pytest.fixture
def aws():
    fake = FakeAws()
    fake.answers = {"DescribeCluster": cluster(), "ListSteps": {"Steps": []}, "AddJobFlowSteps": {"StepIds": ["s-1"]},
                    "DescribeStep": step("COMPLETED")}
    yield fake
    fake.close()
    assert fake.faults == []


@pytest.fixture
def run(aws, tmp_path):
    def call(*arguments, exit_code=0):
        """What `ember ARGUMENTS` prints on stdout and stderr."""
        binary = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
        done = subprocess.run([binary, *map(str, arguments)], capture_output=True, text=True, cwd=ROOT,
                              env=aws.environment(tmp_path), timeout=120)
        assert done.returncode == exit_code, done.stdout + done.stderr
        assert "TOPSECRET" not in done.stdout + done.stderr
        return done.stdout, done.stderr
    return call


@pytest.fixture
def job(tmp_path):
    path = tmp_path / "job.py"
    path.write_text("print(1)\n")
    return path


def test_a_program_goes_as_a_step_and_travels_once(aws, run, job):
    run("emr", "submit", "j-1", job, "--", "--day", "2026-11-20")
    (added,) = aws.requests("AddJobFlowSteps")
    arguments = added["Steps"][0]["HadoopJarStep"]["Args"]
    assert arguments[:3] == ["spark-submit", "--deploy-mode", "cluster"]
    assert arguments[-2:] == ["--day", "2026-11-20"]
    assert arguments[-3].startswith("s3://logs/programs/ember/") and arguments[-3].endswith("/job.py")
    assert aws.objects[arguments[-3].removeprefix("s3://")][0] == b"print(1)\n"
    run("emr", "submit", "j-1", job, "--no-wait")
    assert len(aws.puts) == 1


def test_no_wait_prints_the_step(aws, run, job):
    assert run("emr", "submit", "j-1", job, "--no-wait")[0] == "s-1\n"
    assert "DescribeStep" not in aws.actions()


def test_the_same_work_under_way_is_joined(aws, run, job):
    run("emr", "submit", "j-1", job, "--no-wait")
    name = aws.requests("AddJobFlowSteps")[0]["Steps"][0]["Name"]
    aws.answers["ListSteps"] = {"Steps": [{"Id": "s-7", "Name": name, "Status": {"State": "RUNNING"}}]}
    assert run("emr", "submit", "j-1", job, "--no-wait")[0] == "s-7\n"
    assert len(aws.requests("AddJobFlowSteps")) == 1


def test_a_failed_step_shows_its_last_words(aws, run, job):
    aws.answers["DescribeStep"] = step("FAILED", FailureDetails={"Reason": "Unknown Error"})
    aws.put("logs/emr/j-1/steps/s-1/stderr.gz", gzip.compress(
        b"26/11/20 INFO Client: Application report for application_1_0002\nException in thread main\n"))
    aws.put("logs/emr/j-1/containers/application_1_0002/container_1_0002_01_000001/stdout.gz",
            gzip.compress(b"Traceback (most recent call last):\nValueError: bad price\n"))
    _, errors = run("emr", "submit", "j-1", job, exit_code=1)
    assert "EMBER_EMR.STEP" in errors and "Unknown Error" in errors
    assert "Exception in thread main" in errors and "ValueError: bad price" in errors and "INFO" not in errors


def test_ctrl_c_cancels_the_step(aws, job, tmp_path):
    aws.answers["DescribeStep"] = step("RUNNING")

    def cancel(request):
        aws.answers["DescribeStep"] = step("CANCELLED")
        return {"CancelStepsInfoList": [{"StepId": "s-1", "Status": "SUBMITTED"}]}
    aws.answers["CancelSteps"] = cancel
    binary = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
    process = subprocess.Popen([binary, "emr", "submit", "j-1", str(job)], env=aws.environment(tmp_path),
                               stderr=subprocess.PIPE, text=True)
    while "DescribeStep" not in aws.actions():
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "step s-1 is CANCELLED" in errors
    assert aws.requests("CancelSteps")[0]["StepCancellationOption"] == "TERMINATE_PROCESS"


def test_a_pipeline_goes_as_a_pyspark_program(aws, run, tmp_path):
    (tmp_path / "prices.csv").write_text("ticker,close\nA,1.5\n")
    pipeline = tmp_path / "prices.yaml"
    pipeline.write_text("""
name: prices
spark: {spark.executor.memory: 4g, spark.master: yarn}
inputs:
  prices: {path: prices.csv, format: csv, options: {header: true}, columns: {ticker: string, close: double}}
outputs:
  out: {from: prices, path: out, format: parquet, mode: overwrite}
""")
    _, errors = run("emr", "submit", "j-1", pipeline, exit_code=2)
    assert "-- s3://" in errors and "AddJobFlowSteps" not in aws.actions()
    run("emr", "submit", "j-1", pipeline, "--", "s3://logs/project")
    arguments = aws.requests("AddJobFlowSteps")[0]["Steps"][0]["HadoopJarStep"]["Args"]
    assert "spark.executor.memory=4g" in arguments and not any("spark.master" in a for a in arguments)
    assert arguments[-1] == "s3://logs/project"
    assert b"SparkSession" in aws.objects[arguments[-2].removeprefix("s3://")][0]


def test_a_step_of_the_file(aws, run):
    file = ROOT / "examples/emr/full.yaml"
    aws.answers["ListClusters"] = {"Clusters": [{"Id": "j-1", "Name": "stocks-full"}]}
    aws.answers["DescribeCluster"] = cluster(Tags=[{"Key": "ember-cluster", "Value": "stocks-full"}])
    run("emr", "submit", file, "--step", "compact")
    sent = aws.requests("AddJobFlowSteps")[0]["Steps"][0]
    assert sent["HadoopJarStep"]["Args"][0] == "s3-dist-cp" and sent["ActionOnFailure"] == "CANCEL_AND_WAIT"
    assert "compact, prices, list" in run("emr", "submit", file, "--step", "other", exit_code=2)[1]


def test_clusters_that_take_no_steps(aws, run, job):
    aws.answers["DescribeCluster"] = cluster(state="TERMINATED")
    assert "takes no steps" in run("emr", "submit", "j-1", job, exit_code=2)[1]
    aws.answers["DescribeCluster"] = Refusal("InvalidRequestException", "Cluster id 'j-1' is not valid.")
    assert "is not valid" in run("emr", "submit", "j-1", job, exit_code=1)[1]


def test_logs(aws, run):
    aws.answers["ListSteps"] = {"Steps": [{"Id": "s-2", "Name": "b"}, {"Id": "s-1", "Name": "a"}]}
    assert "none below" in run("emr", "logs", "j-1", exit_code=1)[1]
    aws.put("logs/emr/j-1/steps/s-2/stdout.gz", gzip.compress(b"latest\n"))
    aws.put("logs/emr/j-1/steps/s-1/stdout.gz", gzip.compress(b"out\n"))
    aws.put("logs/emr/j-1/steps/s-1/stderr.gz", gzip.compress(b"err\n"))
    assert run("emr", "logs", "j-1")[0] == "latest\n"
    assert run("emr", "logs", "j-1", "--step", "a", "--file", "stderr")[0] == "err\n"
    assert run("emr", "logs", "j-1", "--step", "s-1")[0] == "==> stderr <==\nerr\n==> stdout <==\nout\n"
    assert run("emr", "logs", "j-1", "--step", "s-1", "--list")[0].count("s3://logs/") == 2
    aws.answers["DescribeStep"] = step("COMPLETED", Timeline={"EndDateTime": time.time() - 1000})
    assert run("emr", "logs", "j-1", "--step", "s-1", "-f", "--file", "stdout")[0] == "==> stdout <==\nout\n"
    aws.denied = True
    assert "s3:GetObject" in run("emr", "logs", "j-1", exit_code=1)[1]
    aws.answers["DescribeCluster"]["Cluster"].pop("LogUri")
    assert "without a log URI" in run("emr", "logs", "j-1", exit_code=1)[1]


def session(state, **more):
    return {"Session": {"Id": "id-1", "ClusterId": "j-1", "Arn": "arn:aws:elasticmapreduce:us-east-1:1:session/1",
                        "State": state, **more}}


@pytest.fixture
def connect(aws):
    aws.answers.update({
        "DescribeCluster": cluster("emr-spark-8.0.0", SessionEnabled=True),
        "StartSession": {"Id": "id-1", "ClusterId": "j-1", "State": "SUBMITTED"},
        "GetSession": [session("STARTING"), session("IDLE")],
        # Nobody listens there.
        "GetSessionEndpoint": {"Endpoint": "https://127.0.0.1:9", "AuthToken": "TOPSECRETTOKEN",
                               "AuthTokenExpirationTime": time.time() + 3600},
        "TerminateSession": {"ClusterId": "j-1", "SessionId": "id-1", "State": "TERMINATING"}})
    return aws


def test_a_session_that_cannot_be_reached_is_ended(connect, run):
    _, errors = run("sql", "SELECT 1", "--on", "emr:j-1", "-v", exit_code=1)
    assert "EMBER_CONNECT" in errors and "TOPSECRETTOKEN" not in errors
    assert connect.actions()[-2:] == ["TerminateSession", "GetSession"] or "TerminateSession" in connect.actions()
    sent = connect.requests("StartSession")[0]
    assert sent["Name"].startswith("ember-") and len(sent["ClientRequestToken"]) == 36


def test_a_session_is_kept_when_asked_for(connect, run):
    _, errors = run("sql", "SELECT 1", "--on", "emr:j-1;keep=true;idle=5", exit_code=1)
    assert "TerminateSession" not in connect.actions() and "--end id-1" in errors
    assert connect.requests("StartSession")[0]["SessionIdleTimeoutInMinutes"] == 5


def test_clusters_without_sessions_say_what_to_do(aws, run):
    errors = run("sql", "SELECT 1", "--on", "emr:j-1", exit_code=1)[1]
    assert "EMBER_EMR.NO_SESSIONS" in errors and "sc://127.0.0.1:15002" in errors
    assert "--on emr:" in run("sql", "SELECT 1", "--on", "emr:", exit_code=2)[1]
    assert "keep=true" in run("sql", "SELECT 1", "--on", "emr:j-1;what=1", exit_code=2)[1]


def test_sessions_are_listed_and_ended(connect, run):
    summary = {"Id": "id-1", "ClusterId": "j-1", "Arn": "arn:aws:elasticmapreduce:us-east-1:1:session/1",
               "State": "IDLE", "IdleSince": time.time() - 600, "CreatedAt": time.time() - 900}
    connect.answers["ListSessions"] = {"Sessions": [summary, {**summary, "Id": "id-0", "State": "TERMINATED"}]}
    out, _ = run("emr", "sessions", "j-1")
    assert "id-1" in out and "10 min" in out and "id-0" not in out
    assert run("emr", "sessions", "j-1", "--end-all")[0] == "id-1 is ended\n"
    run("emr", "sessions", "j-1", "--end", "id-5", exit_code=2)


def test_import_gives_a_file_that_validates(aws, run, tmp_path):
    aws.answers.update({
        "DescribeCluster": cluster(
            ServiceRole="EmberService", Applications=[{"Name": "Spark", "Version": "3.5.6"}], SecurityConfiguration="c",
            Ec2InstanceAttributes={"Ec2SubnetId": "subnet-0a1b2c3d4e5f60718", "IamInstanceProfile": "EmberNodes",
                                   "EmrManagedMasterSecurityGroup": "sg-0a1b2c3d4e5f60711",
                                   "EmrManagedSlaveSecurityGroup": "sg-0a1b2c3d4e5f60712",
                                   "ServiceAccessSecurityGroup": "sg-0a1b2c3d4e5f60713"},
            CustomAmiId="ami-1"),
        "ListInstanceGroups": {"InstanceGroups": [
            {"InstanceGroupType": "CORE", "Market": "ON_DEMAND", "InstanceType": "m5.xlarge", "RequestedInstanceCount": 2},
            {"InstanceGroupType": "MASTER", "Market": "ON_DEMAND", "InstanceType": "m5.xlarge",
             "RequestedInstanceCount": 1}]},
        "ListBootstrapActions": {}, "GetManagedScalingPolicy": {}, "GetAutoTerminationPolicy": {}})
    file = tmp_path / "cluster.yaml"
    _, errors = run("emr", "import", "j-1", "-o", file)
    assert "CustomAmiId" in errors and "ember-cluster" in errors
    assert "# not in this file: CustomAmiId" in file.read_text()
    ember("validate", file)
