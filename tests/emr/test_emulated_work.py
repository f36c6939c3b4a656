"""Working on a cluster of the emulator, where nothing runs but the API: what is sent is what it takes."""
import json
import os
import subprocess

import pytest

from conftest import EXAMPLES, ROOT, ember
from emulation import emulation, wait_for
from fake_aws import FakeAws


@pytest.fixture(scope="module")
def s3():
    fake = FakeAws()
    yield fake
    fake.close()


@pytest.fixture(scope="module")
def emr():
    with emulation("--in-name-only", "--speed", "600") as running:
        yield running


def call(emr, s3, *arguments, exit_code=0):
    binary = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
    environment = {"PATH": "/usr/bin:/bin", "HOME": "/nowhere", **emr.variables,
                   "AWS_ENDPOINT_URL_S3": s3.environment("/nowhere")["AWS_ENDPOINT_URL"]}
    done = subprocess.run([binary, *map(str, arguments)], capture_output=True, text=True, cwd=ROOT, env=environment,
                          timeout=120)
    assert done.returncode == exit_code, done.stdout + done.stderr
    return done.stdout, done.stderr


def start(emr, file):
    """A cluster of the file's request, with ids in place of what its stack would make."""
    text = ember("emit", "request", file)
    request = json.loads(text)
    for name in ("MasterGroup", "CoreGroup", "ServiceGroup"):
        text = text.replace(f"${{{name}}}", "sg-0a1b2c3d4e5f6071" + str(len(name) % 10))
    for number in range(1, 7):
        text = text.replace(f"${{Subnet{number}}}", f"subnet-0a1b2c3d4e5f6071{number}")
    text = text.replace("${", "").replace("}\"", "\"")
    request = json.loads(text)
    client = emr.client()
    name = request.get("SecurityConfiguration")
    if name and name not in [c["Name"] for c in client.list_security_configurations()["SecurityConfigurations"]]:
        client.create_security_configuration(Name=name, SecurityConfiguration="{}")
    cluster = client.run_job_flow(**request)["JobFlowId"]
    wait_for(lambda: client.describe_cluster(ClusterId=cluster)["Cluster"]["Status"]["State"], {"WAITING", "RUNNING"})
    return cluster, request


def test_submit_and_sessions(emr, s3, tmp_path):
    cluster, request = start(emr, ROOT / "examples/emr/existing.yaml")
    job = tmp_path / "job.py"
    job.write_text("print(1)\n")
    call(emr, s3, "emr", "submit", request["Name"], job)
    step = call(emr, s3, "emr", "submit", cluster, job, "--no-wait", "--again")[0].strip()
    told = emr.client().describe_step(ClusterId=cluster, StepId=step)["Step"]
    assert told["Config"]["Args"][0] == "spark-submit" and told["Name"].startswith("job [ember ")
    assert "EMBER_EMR.NO_SESSIONS" in call(emr, s3, "sql", "SELECT 1", "--on", f"emr:{cluster}", exit_code=1)[1]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_import_gives_the_request_again(emr, s3, example, tmp_path):
    cluster, request = start(emr, example)
    file = tmp_path / "cluster.yaml"
    _, warnings = call(emr, s3, "emr", "import", cluster, "-o", file)
    again = json.loads(ember("emit", "request", file))
    assert normal(again) == normal(request), warnings + file.read_text()


def normal(request):
    """Without what has no order, in the order of its names."""
    for key, name in ("Tags", "Key"), ("Configurations", "Classification"):
        request[key] = sorted(request.get(key, []), key=lambda item: item[name])
    for fleet in request["Instances"].get("InstanceFleets", []):
        fleet["InstanceTypeConfigs"].sort(key=lambda item: item["InstanceType"])
    return request
