"""The emulator's CloudFormation, by botocore, with the stacks that Ember emits."""
import json
import time

import botocore.exceptions
import pytest
from conftest import ember
from emulation import S3_SERVER, emulation, s3_server



@pytest.fixture(scope="module")
def emulated():
    with emulation("--in-name-only", "--speed", "6000") as running:
        yield running


@pytest.fixture(scope="module")
def cloud(emulated):
    return emulated.client("cloudformation")


def change_set(cloud, stack, document, kind, name="changes", **more):
    cloud.create_change_set(StackName=stack, ChangeSetName=name, ChangeSetType=kind, TemplateBody=json.dumps(document),
                            Capabilities=["CAPABILITY_IAM"], **more)
    return cloud.describe_change_set(StackName=stack, ChangeSetName=name)


def deploy(cloud, stack, document, kind="CREATE", **more):
    change_set(cloud, stack, document, kind)
    cloud.execute_change_set(StackName=stack, ChangeSetName="changes", **more)
    return settled(cloud, stack)


def settled(cloud, stack):
    end = time.time() + 60
    while True:
        found = cloud.describe_stacks(StackName=stack)["Stacks"][0]
        if not found["StackStatus"].endswith("IN_PROGRESS"):
            return found
        assert time.time() < end, found
        time.sleep(0.05)


def outputs_of(stack):
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def resources_of(cloud, stack):
    pages = cloud.get_paginator("list_stack_resources").paginate(StackName=stack)
    return {entry["LogicalResourceId"]: entry for page in pages for entry in page["StackResourceSummaries"]}


def code_of(call):
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        call()
    return refused.value.response["Error"]


def test_every_example_stands_and_goes(cloud, example):
    document = json.loads(ember("emit", "cloudformation", "--ground", example))
    if not document["Resources"]:
        pytest.skip("stands on what is there already")
    name = f"ground-{example.stem}"
    stack = deploy(cloud, name, document)
    assert stack["StackStatus"] == "CREATE_COMPLETE", cloud.describe_stack_events(StackName=name)["StackEvents"][:4]
    assert set(outputs_of(stack)) == set(document["Outputs"])
    resources = resources_of(cloud, name)
    assert set(resources) == set(document["Resources"])
    assert {entry["ResourceStatus"] for entry in resources.values()} == {"CREATE_COMPLETE"}
    assert json.loads(json.dumps(cloud.get_template(StackName=name)["TemplateBody"])) == document
    assert change_set(cloud, name, document, "UPDATE")["Status"] == "FAILED"
    cloud.delete_change_set(StackName=name, ChangeSetName="changes")
    cloud.delete_stack(StackName=stack["StackId"])
    assert settled(cloud, stack["StackId"])["StackStatus"] == "DELETE_COMPLETE"
    events = cloud.describe_stack_events(StackName=stack["StackId"])["StackEvents"]
    kept = {event["LogicalResourceId"] for event in events if event["ResourceStatus"] == "DELETE_SKIPPED"}
    assert kept == {key for key, value in document["Resources"].items() if value.get("DeletionPolicy") == "Retain"}
    assert "does not exist" in code_of(lambda: cloud.describe_stacks(StackName=name))["Message"]


NETWORK = {
    "Parameters": {"Block": {"Type": "String", "Default": "10.0.0.0/16"}},
    "Resources": {
        "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": {"Ref": "Block"}}},
        "Nodes": {"Type": "AWS::EC2::SecurityGroup",
                  "Properties": {"GroupDescription": "nodes", "VpcId": {"Ref": "Vpc"}}},
        "Subnet": {"Type": "AWS::EC2::Subnet",
                   "Properties": {"VpcId": {"Ref": "Vpc"},
                                  "CidrBlock": {"Fn::Select": [1, {"Fn::Cidr": ["10.0.0.0/16", 4, "8"]}]},
                                  "AvailabilityZone": {"Fn::Select": [0, {"Fn::GetAZs": ""}]}}}},
    "Outputs": {"Where": {"Value": {"Fn::Join": ["/", [{"Fn::GetAtt": ["Subnet", "AvailabilityZone"]},
                                                       {"Fn::GetAtt": ["Subnet", "CidrBlock"]}]]}},
                "Text": {"Value": {"Fn::Sub": "${AWS::Region}:${Nodes.GroupId}:${!kept}"}},
                "Vpc": {"Value": {"Ref": "Vpc"}}}}


def test_functions_updates_and_replacement(cloud):
    outputs = outputs_of(deploy(cloud, "network", NETWORK))
    assert outputs["Where"] == "us-east-1a/10.0.1.0/24"
    assert outputs["Text"].startswith("us-east-1:sg-") and outputs["Text"].endswith(":${kept}")
    document = json.loads(json.dumps(NETWORK))
    document["Resources"]["Nodes"]["Properties"]["Tags"] = [{"Key": "a", "Value": "b"}]
    document["Resources"]["Subnet"]["Properties"]["AvailabilityZone"] = "us-east-1b"
    document["Resources"]["Gateway"] = {"Type": "AWS::EC2::InternetGateway"}
    changes = {change["ResourceChange"]["LogicalResourceId"]: change["ResourceChange"]
               for change in change_set(cloud, "network", document, "UPDATE")["Changes"]}
    assert {name: (change["Action"], change.get("Replacement")) for name, change in changes.items()} == {
        "Nodes": ("Modify", "False"), "Subnet": ("Modify", "True"), "Gateway": ("Add", None)}
    assert changes["Subnet"]["Details"][0]["Target"]["Name"] == "AvailabilityZone"
    before = resources_of(cloud, "network")
    cloud.execute_change_set(StackName="network", ChangeSetName="changes")
    stack = settled(cloud, "network")
    assert stack["StackStatus"] == "UPDATE_COMPLETE"
    assert outputs_of(stack)["Where"] == "us-east-1b/10.0.1.0/24"
    after = resources_of(cloud, "network")
    same = {name for name in before if before[name]["PhysicalResourceId"] == after[name]["PhysicalResourceId"]}
    assert same == {"Vpc", "Nodes"}


def test_a_failure_rolls_back_and_leaves_nothing(emulated, cloud):
    emulated.order("fault", kind="resource_failure", resource="Subnet")
    stack = deploy(cloud, "unlucky", NETWORK)
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE"
    assert resources_of(cloud, "unlucky") == {}
    failed = [event for event in cloud.describe_stack_events(StackName="unlucky")["StackEvents"]
              if event["ResourceStatus"] == "CREATE_FAILED"]
    assert [event["LogicalResourceId"] for event in failed] == ["Subnet"]
    emulated.order("fault", kind="resource_failure", resource="AWS::EC2::InternetGateway")
    deploy(cloud, "lucky", NETWORK)
    document = json.loads(json.dumps(NETWORK))
    document["Resources"]["Gateway"] = {"Type": "AWS::EC2::InternetGateway"}
    assert deploy(cloud, "lucky", document, "UPDATE")["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert set(resources_of(cloud, "lucky")) == set(NETWORK["Resources"])


def test_what_a_cluster_stands_on_is_not_deleted(emulated, cloud):
    stack = deploy(cloud, "used", NETWORK)
    group = resources_of(cloud, "used")["Nodes"]["PhysicalResourceId"]
    emr = emulated.client()
    cluster = emr.run_job_flow(
        Name="c", ReleaseLabel="emr-7.13.0", ServiceRole="s", JobFlowRole="n",
        Instances={"MasterInstanceType": "m5.xlarge", "InstanceCount": 1, "EmrManagedMasterSecurityGroup": group,
                   "EmrManagedSlaveSecurityGroup": group, "KeepJobFlowAliveWhenNoSteps": True})["JobFlowId"]
    cloud.delete_stack(StackName="used")
    assert settled(cloud, stack["StackId"])["StackStatus"] == "DELETE_FAILED"
    # What merely bears the cluster's name does not carry it.
    board = {"Type": "AWS::CloudWatch::Dashboard", "Properties": {"DashboardName": "c", "DashboardBody": "{}"}}
    watch = deploy(cloud, "watch", {"Resources": {"Board": board}})
    cloud.delete_stack(StackName="watch")
    assert settled(cloud, watch["StackId"])["StackStatus"] == "DELETE_COMPLETE"
    emr.terminate_job_flows(JobFlowIds=[cluster])
    emr.get_waiter("cluster_terminated").wait(ClusterId=cluster, WaiterConfig={"Delay": 1, "MaxAttempts": 30})
    cloud.delete_stack(StackName="used")
    assert settled(cloud, stack["StackId"])["StackStatus"] == "DELETE_COMPLETE"


def test_what_cloudformation_refuses(cloud):
    def create(document, **more):
        return code_of(lambda: cloud.create_change_set(
            StackName="refused", ChangeSetName="c", ChangeSetType="CREATE", TemplateBody=json.dumps(document), **more))

    resource = {"Type": "AWS::EC2::VPC"}
    assert "Unresolved resource" in create({"Resources": {"A": {**resource, "DependsOn": "B"}}})["Message"]
    circle = {"A": {**resource, "DependsOn": "B"}, "B": {**resource, "DependsOn": "A"}}
    assert "Circular" in create({"Resources": circle})["Message"]
    assert "Unrecognized" in create({"Resources": {"A": {"Type": "AWS::EC2::Moon"}}})["Message"]
    assert create({"Resources": {"A": {"Type": "AWS::IAM::Role"}}})["Code"] == "InsufficientCapabilitiesException"
    assert "must have values" in create({"Parameters": {"P": {"Type": "String"}}, "Resources": {"A": resource}})[
        "Message"]
    assert code_of(lambda: cloud.describe_stacks(StackName="none"))["Code"] == "ValidationError"
    assert code_of(lambda: cloud.describe_change_set(ChangeSetName="arn:none"))["Code"] == "ChangeSetNotFound"


def test_buckets_are_made_kept_and_taken_over(tmp_path):
    document = {"Resources": {
        "Kept": {"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain", "Properties": {"BucketName": "kept-bucket"}},
        "Passing": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "passing-bucket"}}}}

    def buckets():
        return sorted(path.name for path in (tmp_path / "data").iterdir() if path.is_dir())

    with s3_server(tmp_path) as url, emulation("--in-name-only", "--speed", "6000", "--s3-endpoint", url) as emulated:
        cloud = emulated.client("cloudformation")
        assert deploy(cloud, "storage", document)["StackStatus"] == "CREATE_COMPLETE"
        assert buckets() == ["kept-bucket", "passing-bucket"]
        stack = cloud.describe_stacks(StackName="storage")["Stacks"][0]["StackId"]
        cloud.delete_stack(StackName="storage")
        assert settled(cloud, stack)["StackStatus"] == "DELETE_COMPLETE"
        assert buckets() == ["kept-bucket"]
        assert deploy(cloud, "storage", document)["StackStatus"] == "ROLLBACK_COMPLETE"
        assert buckets() == ["kept-bucket"]
        cloud.delete_stack(StackName="storage")
        change_set(cloud, "again", document, "CREATE", ImportExistingResources=True)
        cloud.execute_change_set(StackName="again", ChangeSetName="changes", RetainExceptOnCreate=True)
        assert settled(cloud, "again")["StackStatus"] == "CREATE_COMPLETE"
        assert buckets() == ["kept-bucket", "passing-bucket"]
