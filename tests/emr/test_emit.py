"""What `ember emr emit` writes, by the judgement of others: cfn-lint, botocore's service models, the AWS CLI itself."""
import http.server
import json
import os
import pathlib
import re
import shutil
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


TERRAFORM = [example for example in EXAMPLES if example != MANAGED]


def terraform_of(file):
    return json.loads(ember("emit", "terraform", file))


def texts_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts_of(item)


@pytest.mark.parametrize("file", TERRAFORM, ids=lambda path: path.stem)
def test_terraforms_references_resolve(file):
    emitted = terraform_of(file)
    used = set()
    for text in texts_of(emitted):
        for expression in re.findall(r"(?<!\$)\$\{([^}]*)\}", text):
            parts = expression.split(".")
            if parts[0] == "var":
                assert parts[1] in emitted["variable"], text
            elif parts[0] == "data":
                assert parts[2] in emitted["data"][parts[1]], text
            else:
                assert parts[1] in emitted["resource"][parts[0]], text
                used.add((parts[0], parts[1]))
        assert "Fn::" not in text and "AWS::" not in text and '"Ref"' not in text, text
    for kind, blocks in emitted["resource"].items():
        for name, block in blocks.items():
            for need in block.get("depends_on", []):
                assert need.split(".")[1] in emitted["resource"][need.split(".")[0]], need
            assert not any("${" + f"{kind}.{name}." in text for text in texts_of(block)), "a resource that needs itself"


@pytest.mark.parametrize("file", TERRAFORM, ids=lambda path: path.stem)
def test_terraforms_ground_is_cloudformations(file):
    """The same resources with the same values: what differs are the words."""
    stack = template_of(file, "--ground")["Resources"]
    resources = terraform_of(file)["resource"]

    def of_type(kind):
        return [resource["Properties"] for resource in stack.values() if resource["Type"] == kind]

    for kind, name, pairs in (
            ("AWS::EC2::VPC", "aws_vpc", {"CidrBlock": "cidr_block"}),
            ("AWS::EC2::Subnet", "aws_subnet", {"CidrBlock": "cidr_block", "MapPublicIpOnLaunch": "map_public_ip_on_launch"}),
            ("AWS::EC2::NatGateway", "aws_nat_gateway", {}), ("AWS::EC2::VPCEndpoint", "aws_vpc_endpoint", {}),
            ("AWS::EC2::SecurityGroup", "aws_security_group", {"GroupDescription": "description"}),
            ("AWS::S3::Bucket", "aws_s3_bucket", {"BucketName": "bucket"}), ("AWS::KMS::Key", "aws_kms_key", {}),
            ("AWS::IAM::Role", "aws_iam_role", {}), ("AWS::IAM::InstanceProfile", "aws_iam_instance_profile", {}),
            ("AWS::Logs::LogGroup", "aws_cloudwatch_log_group", {"LogGroupName": "name", "RetentionInDays": "retention_in_days"}),
            ("AWS::Glue::Database", "aws_glue_catalog_database", {}), ("AWS::Budgets::Budget", "aws_budgets_budget", {})):
        there, here = of_type(kind), list(resources.get(name, {}).values())
        assert len(there) == len(here), kind
        for theirs, ours in pairs.items():
            assert sorted(map(str, (p[theirs] for p in there))) == sorted(map(str, (p[ours] for p in here))), (kind, theirs)
    inbound = [(p.get("FromPort"), p["Description"]) for p in of_type("AWS::EC2::SecurityGroupIngress")]
    rules = resources.get("aws_vpc_security_group_ingress_rule", {})
    assert sorted(map(str, inbound)) == sorted(str((rule.get("from_port"), rule["description"])) for name, rule in rules.items()
                                               if not name.endswith("_in"))


def test_terraforms_policies_are_json():
    resources = terraform_of(ROOT / "examples/emr/full.yaml")["resource"]
    for kind, argument in (("aws_iam_role", "assume_role_policy"), ("aws_iam_role_policy", "policy"),
                           ("aws_s3_bucket_policy", "policy"), ("aws_kms_key", "policy"),
                           ("aws_emr_security_configuration", "configuration")):
        assert resources[kind]
        for block in resources[kind].values():
            json.loads(block[argument])
    nodes = json.loads(resources["aws_iam_role_policy"]["node_policy"]["policy"])
    assert "${aws_kms_key.key.arn}" in str(nodes)
    assert resources["aws_s3_bucket_public_access_block"]["bucket"]["restrict_public_buckets"] is True
    assert resources["aws_s3_bucket"]["bucket"]["lifecycle"] == [{"prevent_destroy": True}]
    assert "service_group_out" not in resources["aws_vpc_security_group_egress_rule"], "it lets nothing out but what is said"


@pytest.mark.skipif(shutil.which("terraform") is None, reason="no terraform here")
def test_terraform_itself_takes_it(tmp_path):
    for file in TERRAFORM:
        folder = tmp_path / file.stem
        folder.mkdir()
        (folder / "main.tf.json").write_text(json.dumps(terraform_of(file)))
        begun = subprocess.run(["terraform", "init", "-backend=false", "-input=false"], cwd=folder, capture_output=True, text=True)
        if begun.returncode != 0 and "Failed to query available provider packages" in begun.stdout + begun.stderr:
            pytest.skip("no AWS provider of terraform here")
        assert begun.returncode == 0, begun.stdout + begun.stderr
        done = subprocess.run(["terraform", "validate"], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


def test_size_gives_keys_that_are_right(tmp_path):
    for arguments in (["--input", "50GiB"], ["--input", "3TiB", "--memory-bound"],
                      ["--input", "900GiB", "--architecture", "arm64", "--minutes", "10"]):
        file = tmp_path / "cluster.yaml"
        file.write_text("name: stocks\nregion: us-east-1\nnetwork: {create: true}\nstorage: {bucket: acme-stocks}\n"
                        + ember("size", *arguments))
        ember("validate", "--strict", file)
        assert json.loads(ember("size", "--json", *arguments))["reasons"]
