"""The emulator of EMR, by botocore: a client that knows nothing of Ember."""
import subprocess
import sys

import botocore.exceptions
import pytest
from emulation import ROOT, emulation, wait_for

GROUPS = [{"InstanceRole": "MASTER", "InstanceType": "m5.xlarge", "InstanceCount": 1},
          {"InstanceRole": "CORE", "InstanceType": "m5.xlarge", "InstanceCount": 2}]


def fleet(role, on_demand=0, spot=0):
    return {"InstanceFleetType": role, "TargetOnDemandCapacity": on_demand, "TargetSpotCapacity": spot,
            "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]}


def step(*arguments, name="step", on_failure="CONTINUE"):
    return {"Name": name, "ActionOnFailure": on_failure,
            "HadoopJarStep": {"Jar": "command-runner.jar", "Args": list(arguments)}}


def run(emr, instances, keep_alive=True, **request):
    return emr.run_job_flow(Name="daily", ReleaseLabel="emr-7.13.0", ServiceRole="service", JobFlowRole="nodes",
                            Instances={**instances, "KeepJobFlowAliveWhenNoSteps": keep_alive}, **request)["JobFlowId"]


def state_of(emr, cluster):
    return emr.describe_cluster(ClusterId=cluster)["Cluster"]["Status"]["State"]


def step_state(emr, cluster, step_id):
    return emr.describe_step(ClusterId=cluster, StepId=step_id)["Step"]["Status"]["State"]


@pytest.fixture(scope="module")
def emulated():
    with emulation("--in-name-only", "--speed", "600") as running:
        yield running


@pytest.fixture(scope="module")
def emr(emulated):
    return emulated.client()


def test_a_cluster_from_start_to_end(emr):
    cluster = run(emr, {"InstanceGroups": GROUPS}, keep_alive=False, Steps=[step("sleep", "60"), step("true")],
                  Tags=[{"Key": "team", "Value": "data"}], LogUri="s3://logs/emr/")
    wait_for(lambda: state_of(emr, cluster), {"RUNNING"})
    described = emr.describe_cluster(ClusterId=cluster)["Cluster"]
    assert described["InstanceCollectionType"] == "INSTANCE_GROUP"
    assert described["Tags"] == [{"Key": "team", "Value": "data"}]
    assert described["MasterPublicDnsName"].endswith(".ec2.internal")
    assert described["Status"]["Timeline"]["ReadyDateTime"] > described["Status"]["Timeline"]["CreationDateTime"]
    wait_for(lambda: state_of(emr, cluster), "TERMINATED")
    steps = emr.list_steps(ClusterId=cluster)["Steps"]
    assert [entry["Status"]["State"] for entry in steps] == ["COMPLETED"] * 2
    assert emr.describe_cluster(ClusterId=cluster)["Cluster"]["Status"]["StateChangeReason"] == {
        "Code": "ALL_STEPS_COMPLETED", "Message": "Steps completed"}


def test_steps_fail_and_are_cancelled(emr):
    cluster = run(emr, {"InstanceGroups": GROUPS})
    wait_for(lambda: state_of(emr, cluster), "WAITING")
    first, second, third = emr.add_job_flow_steps(
        JobFlowId=cluster, Steps=[step("false"), step("sleep", "6000"), step("true")])["StepIds"]
    wait_for(lambda: step_state(emr, cluster, first), "FAILED")
    wait_for(lambda: step_state(emr, cluster, second), "RUNNING")
    emr.cancel_steps(ClusterId=cluster, StepIds=[second, third])
    wait_for(lambda: step_state(emr, cluster, second), "CANCELLED")
    assert step_state(emr, cluster, third) == "CANCELLED"
    emr.terminate_job_flows(JobFlowIds=[cluster])
    wait_for(lambda: state_of(emr, cluster), "TERMINATED")
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        emr.add_job_flow_steps(JobFlowId=cluster, Steps=[step("true")])
    assert refused.value.response["Error"]["Code"] == "ValidationException"


def test_a_spot_node_is_lost_and_replaced(emulated, emr):
    cluster = run(emr, {"InstanceFleets": [fleet("MASTER", 1), fleet("CORE", 1), fleet("TASK", spot=1)]})

    def spot_nodes():
        nodes = emr.list_instances(ClusterId=cluster, InstanceFleetType="TASK", InstanceStates=["RUNNING"])["Instances"]
        return [node["Ec2InstanceId"] for node in nodes]

    wait_for(lambda: str(len(spot_nodes())), "1")
    lost, = spot_nodes()
    assert emulated.order("spot-loss", cluster=cluster, count=1) == {"noticed": 1}
    wait_for(lambda: str(bool(spot_nodes()) and lost not in spot_nodes()), "True")
    of_cluster = [event["event"] for event in emulated.events() if event.get("instance") == lost]
    assert of_cluster == ["node_launched", "node_added", "spot_notice", "spot_lost"]
    emr.terminate_job_flows(JobFlowIds=[cluster])


def test_policies_tags_and_security(emr):
    cluster = run(emr, {"InstanceGroups": GROUPS})
    limits = {"UnitType": "Instances", "MinimumCapacityUnits": 2, "MaximumCapacityUnits": 4}
    emr.put_managed_scaling_policy(ClusterId=cluster, ManagedScalingPolicy={"ComputeLimits": limits})
    assert emr.get_managed_scaling_policy(ClusterId=cluster)["ManagedScalingPolicy"] == {"ComputeLimits": limits}
    emr.remove_managed_scaling_policy(ClusterId=cluster)
    assert "ManagedScalingPolicy" not in emr.get_managed_scaling_policy(ClusterId=cluster)
    emr.put_auto_termination_policy(ClusterId=cluster, AutoTerminationPolicy={"IdleTimeout": 7200})
    assert emr.get_auto_termination_policy(ClusterId=cluster)["AutoTerminationPolicy"] == {"IdleTimeout": 7200}
    emr.add_tags(ResourceId=cluster, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
    emr.remove_tags(ResourceId=cluster, TagKeys=["a"])
    assert emr.describe_cluster(ClusterId=cluster)["Cluster"]["Tags"] == [{"Key": "b", "Value": "2"}]
    emr.create_security_configuration(Name="plain", SecurityConfiguration="{}")
    assert [entry["Name"] for entry in emr.list_security_configurations()["SecurityConfigurations"]] == ["plain"]
    emr.delete_security_configuration(Name="plain")
    emr.terminate_job_flows(JobFlowIds=[cluster])
    assert cluster in [entry["Id"] for entry in emr.list_clusters()["Clusters"]]


@pytest.mark.parametrize("secret, code", [("wrong", "InvalidSignatureException")])
def test_signatures_are_verified(emulated, secret, code):
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        emulated.client(secret=secret).list_clusters()
    assert refused.value.response["Error"]["Code"] == code


def test_throttled_calls_are_tried_again(emulated):
    emulated.order("fault", kind="throttling", count=2)
    assert "Clusters" in emulated.client(attempts=4).list_clusters()
    emulated.order("fault", kind="server_error", count=1)
    with pytest.raises(botocore.exceptions.ClientError) as failed:
        emulated.client().list_clusters()
    assert failed.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500


def test_m5_large_is_refused(emr):
    with pytest.raises(botocore.exceptions.ClientError, match="m5.large"):
        run(emr, {"InstanceGroups": [dict(GROUPS[0], InstanceType="m5.large")]})


def test_tampering_with_other_services_and_regions(emulated):
    assert emulated.client("sts").get_caller_identity()["Account"] == "000000000000"
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        emulated.client("sts", secret="wrong").get_caller_identity()
    assert refused.value.response["Error"]["Code"] == "SignatureDoesNotMatch"
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_shapes_are_those_of_the_model():
    assert subprocess.run([sys.executable, ROOT / "tools/emr/shapes.py", "--check"]).returncode == 0
