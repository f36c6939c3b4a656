"""What `ember emr emit` writes, by the judgement of others: cfn-lint, botocore's service models, the AWS CLI itself."""
import http.server
import json
import os
import pathlib
import re
import stat
import subprocess
import sys
import threading

import botocore.session
import botocore.validate
import pytest

from conftest import EXAMPLES, ROOT, ember

TOOLS = pathlib.Path(sys.executable).parent
MANAGED = ROOT / "examples/emr/connect.yaml"  # sessions that EMR manages: no property of CloudFormation


def template_of(file, *arguments):
    return json.loads(ember("emit", "cloudformation", file, *arguments))


def request_of(file):
    return json.loads(ember("emit", "request", file))


def test_cloudformation_is_clean(tmp_path):
    """The templates of all examples, of the cluster, of what it stands on and of what watches it, in one run."""
    ember("emit", "cloudformation", MANAGED, exit_code=1)
    paths = []
    for example in EXAMPLES:
        for arguments in [["--ground"], ["--watch"]] if example == MANAGED else [[], ["--ground"], ["--watch"]]:
            template = template_of(example, *arguments)
            paths.append(tmp_path / f"{example.stem}{''.join(arguments)}.json")
            paths[-1].write_text(json.dumps(template, indent=1))
    done = subprocess.run([TOOLS / "cfn-lint", "--format", "parseable", *paths], capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_requests_fit_the_service_model(example):
    """No field that the model does not have, every required one, the right types and choices."""
    shape = botocore.session.get_session().get_service_model("emr").operation_model("RunJobFlow").input_shape
    request = request_of(example)
    report = botocore.validate.ParamValidator().validate(request, shape)
    assert not report.has_errors(), report.generate_report()
    assert not wrong_choices(request, shape, "RunJobFlow")


def wrong_choices(value, shape, path):
    """Values that an enumeration of the model does not list: the validator does not look."""
    if shape.type_name == "structure":
        return [w for key, item in value.items() for w in wrong_choices(item, shape.members[key], f"{path}.{key}")]
    if shape.type_name == "list":
        return [w for i, item in enumerate(value) for w in wrong_choices(item, shape.member, f"{path}[{i}]")]
    if shape.type_name == "string" and getattr(shape, "enum", None) and value not in shape.enum:
        return [f"{path}: {value}"]
    return []


class Recorder(http.server.BaseHTTPRequestHandler):
    """Answers as EMR does when it has started a cluster, and keeps what it was asked."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.headers["X-Amz-Target"], json.loads(body)))
        answer = json.dumps({"JobFlowId": "j-EMBER", "ClusterArn": "arn:aws:emr:us-east-1:1:cluster/j-EMBER"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def recorder():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


# In place of `aws`: the stack is taken as made, its outputs are their own names; EMR is the recorder.
SHIM = """#!/bin/sh
case "$1 $2" in
  "cloudformation deploy") exit 0 ;;
  "cloudformation describe-stacks")
    for argument; do case "$argument" in *OutputKey==*) echo "$argument" | sed "s/.*OutputKey=='\\([A-Za-z0-9]*\\)'.*/\\${\\1}/" ;; esac; done
    exit 0 ;;
esac
exec {aws} --endpoint-url http://127.0.0.1:{port} "$@"
"""


def test_the_aws_cli_sends_the_same_request(example, recorder, tmp_path):
    script = tmp_path / "cluster.sh"
    script.write_text(ember("emit", "cli", example))
    shim = tmp_path / "bin" / "aws"
    shim.parent.mkdir()
    shim.write_text(SHIM.replace("{aws}", f"{TOOLS}/aws").replace("{port}", str(recorder.server_port)))
    shim.chmod(shim.stat().st_mode | stat.S_IXUSR)
    environment = {"PATH": f"{shim.parent}:{os.environ['PATH']}", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
                   "AWS_SECRET_ACCESS_KEY": "example", "HOME": str(tmp_path)}
    done = subprocess.run(["sh", script], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    ((target, sent),) = recorder.asked
    assert target == "ElasticMapReduce.RunJobFlow"
    assert normal(sent) == normal(request_of(example))


def normal(request):
    """Without what the AWS CLI spells otherwise: spot groups get a price of null, tags an order of their own."""
    request = json.loads(json.dumps(request))
    request["Tags"] = sorted(request["Tags"], key=lambda tag: tag["Key"])
    return request


def test_the_network_lets_through_what_emr_needs():
    template = template_of(ROOT / "examples/emr/seed.yaml")
    resources = template["Resources"]
    assert resources["ServiceFromMaster"]["Properties"]["FromPort"] == 9443
    assert {resources[name]["Properties"]["FromPort"] for name in
            ("MasterFromService", "CoreFromService", "ServiceToMaster", "ServiceToCore")} == {8443}
    assert resources["S3Endpoint"]["Properties"]["VpcEndpointType"] == "Gateway"
    assert not any(rule.get("CidrIp") == "0.0.0.0/0" for resource in resources.values()
                   for rule in resource["Properties"].get("SecurityGroupIngress", []) if isinstance(rule, dict))
    for kind in ("AWS::EC2::VPC", "AWS::EC2::Subnet", "AWS::EC2::SecurityGroup", "AWS::EMR::Cluster"):
        tagged = [r for r in resources.values() if r["Type"] == kind]
        assert tagged and all({"Key": "for-use-with-amazon-emr-managed-policies", "Value": "true"}
                              in r["Properties"]["Tags"] for r in tagged), kind


def test_the_bucket_is_private_and_cleans_up():
    resources = template_of(ROOT / "examples/emr/full.yaml")["Resources"]
    bucket = resources["Bucket"]["Properties"]
    assert all(bucket["PublicAccessBlockConfiguration"].values())
    assert any("AbortIncompleteMultipartUpload" in rule for rule in bucket["LifecycleConfiguration"]["Rules"])
    assert bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"][0]["BucketKeyEnabled"]
    (deny,) = resources["BucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert deny["Effect"] == "Deny" and deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_terraform_is_json_that_scaling_does_not_fight(example):
    if example == MANAGED:
        ember("emit", "terraform", example, exit_code=1)
        return
    emitted = json.loads(ember("emit", "terraform", example))
    resources = emitted["resource"]
    cluster = resources["aws_emr_cluster"]["cluster"]
    ignored = cluster["lifecycle"][0]["ignore_changes"]
    assert any("instance_count" in name or "capacity" in name for name in ignored)
    for kind in ("aws_emr_instance_fleet", "aws_emr_instance_group"):
        if kind in resources:
            assert resources[kind]["task"]["lifecycle"][0]["ignore_changes"]
    stack = resources.get("aws_cloudformation_stack", {}).get("ground")
    if stack:
        assert not re.search(r"(?<!\$)\$\{", stack["template_body"]), "Terraform would take it for its own"
        outputs = json.loads(stack["template_body"].replace("$${", "${"))["Outputs"]
        used = set(re.findall(r'\.outputs\[\\?"(\w+)\\?"\]', json.dumps(emitted)))
        assert used and used <= set(outputs)


def test_size_gives_keys_that_are_right(tmp_path):
    for arguments in (["--input", "50GiB"], ["--input", "3TiB", "--memory-bound"],
                      ["--input", "900GiB", "--architecture", "arm64", "--minutes", "10"]):
        file = tmp_path / "cluster.yaml"
        file.write_text("name: stocks\nregion: us-east-1\nnetwork: {create: true}\nstorage: {bucket: acme-stocks}\n"
                        + ember("size", *arguments))
        ember("validate", "--strict", file)
        assert json.loads(ember("size", "--json", *arguments))["reasons"]
