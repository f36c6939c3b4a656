"""A cluster's life by `ember emr plan|up|status|scale|down`: its stacks in moto's CloudFormation, the cluster in Ember's
emulator, and every request on the way checked against botocore's service models."""
import json
import os
import subprocess

import botocore.session
import pytest
import yaml
from conftest import ROOT
from emulation import emulation
from moto_stacks import NOT_MADE, moto_stacks
from recording_proxy import recording_proxy

BINARY = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "testsecret", "AWS_REGION": "us-east-1"}


class Account:
    def __init__(self, proxy, moto, emulator, folder):
        self.proxy, self.moto, self.emulator, self.folder = proxy, moto, emulator, folder
        outside = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
        self.environment = {**outside, **KEYS, "AWS_ENDPOINT_URL": proxy.url, "HOME": str(folder)}

    def start(self, *arguments):
        return subprocess.Popen([BINARY, "emr", *map(str, arguments)], env=self.environment, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *arguments, exit_code=0):
        process = self.start(*arguments)
        out, err = process.communicate(timeout=240)
        assert process.returncode == exit_code, out + err
        return out + err if exit_code else out

    def ask(self, *arguments):
        return json.loads(self.run(*arguments, "--json"))

    def client(self, service):
        session = botocore.session.Session()
        session.set_credentials("test", "testsecret")
        url = f"http://{self.moto}" if service != "emr" else self.emulator.url
        return session.create_client(service, region_name="us-east-1", endpoint_url=url)

    def file(self, name, **changes):
        cluster = yaml.safe_load((ROOT / "examples/emr/seed.yaml").read_text())
        for key, value in {"name": name, "steps": [], "lifetime": {"idle_minutes": 10000}, **changes}.items():
            cluster[key] = {**cluster[key], **value} if isinstance(value, dict) else value
        path = self.folder / f"{name}.yaml"
        path.write_text(yaml.safe_dump(cluster))
        return path

    def stacks(self):
        return {stack["StackName"] for stack in self.client("cloudformation").describe_stacks()["Stacks"]}

    def clusters(self, name):
        pages = self.client("emr").get_paginator("list_clusters").paginate()
        return [one["Status"]["State"] for page in pages for one in page["Clusters"] if one["Name"] == name]


def share_configuration(emulator, request):
    """The security configuration is moto's; the emulator starts only clusters with one that it has."""
    name = request.get("SecurityConfiguration")
    known = [one["Name"] for one in emulator.client().list_security_configurations()["SecurityConfigurations"]]
    if name and name not in known:
        emulator.client().create_security_configuration(Name=name, SecurityConfiguration="{}")


@pytest.fixture(scope="module")
def account(tmp_path_factory):
    with (moto_stacks() as moto, emulation("--in-name-only", "--speed", "600") as emulator,
          recording_proxy(emr=emulator.url.removeprefix("http://"), cloudformation=moto, cloudwatch=moto,
                          sts=moto) as proxy):
        proxy.before["RunJobFlow"] = lambda request: share_configuration(emulator, request)
        yield Account(proxy, moto, emulator, tmp_path_factory.mktemp("life"))
        assert proxy.problems == []


def test_a_cluster_is_planned_started_changed_and_ended(account):
    file = account.file("stocks", storage={"bucket": "acme-life"})
    plan = account.ask("plan", file)
    assert plan["startsCluster"] and plan["monthlyUsd"]["before"]["high"] == 0 < plan["monthlyUsd"]["after"]["low"]
    assert "Nothing was changed" in account.run("up", file)
    assert account.stacks() == set() and account.clusters("stocks") == []

    started = account.ask("up", file, "--apply")
    assert account.stacks() == {"ember-stocks", "ember-stocks-watch"}
    assert account.clusters("stocks") == ["WAITING"]
    account.run("plan", file, "--detailed-exitcode")
    assert account.ask("up", file, "--apply")["id"] == started["id"]
    assert account.clusters("stocks") == ["WAITING"]

    # Everything of the template is there, but what moto does not make.
    template = json.loads(account.run("emit", "cloudformation", "--ground", file))
    made = account.client("cloudformation").list_stack_resources(StackName="ember-stocks")["StackResourceSummaries"]
    missing = {resource["Type"] for name, resource in template["Resources"].items()
               if name not in {one["LogicalResourceId"] for one in made}}
    assert missing <= NOT_MADE

    changed = account.file("stocks", storage={"bucket": "acme-life", "infrequent_access_days": 45},
                           tags={"team": "prices"},
                           scaling={"min": 2, "max": 12, "max_core": 4})
    assert "Bucket" in account.run("plan", changed, "--detailed-exitcode", exit_code=3)
    plan = account.ask("plan", changed)
    assert not plan["startsCluster"] and plan["needsNewCluster"] == []
    assert {change["key"] for change in plan["differences"]} == {"scaling", "tags.team"}
    assert account.ask("up", changed, "--apply")["id"] == started["id"]
    # moto keeps the template, and gives the bucket none of its lifecycle.
    now = account.client("cloudformation").get_template(StackName="ember-stocks")["TemplateBody"]
    rules = now["Resources"]["Bucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert [t["TransitionInDays"] for rule in rules for t in rule.get("Transitions", [])] == [45]
    assert not account.ask("plan", changed)["hasChanges"]

    status = account.ask("status", "stocks")
    assert status["id"] == started["id"] and status["limits"]["MaximumCapacityUnits"] == 12
    assert status["costSoFarUsd"]["high"] > 0 and status["leftRunningMonthUsd"]["low"] > 100
    assert started["id"] in account.run("status")
    account.run("scale", "stocks", "--max", "20")
    assert account.ask("status", "stocks")["limits"]["MaximumCapacityUnits"] == 12
    account.run("scale", "stocks", "--max", "20", "--apply")
    assert account.ask("status", "stocks")["limits"]["MaximumCapacityUnits"] == 20

    down = account.ask("down", changed)
    assert [one["name"] for one in down["stacks"]] == ["ember-stocks-watch", "ember-stocks"]
    assert {one["id"] for stack in down["stacks"] for one in stack["stays"]} == {"acme-life"}
    assert account.clusters("stocks") == ["WAITING"]
    assert "acme-life" in account.run("down", "stocks", "--apply")
    assert account.stacks() == set() and account.clusters("stocks") == ["TERMINATED"]
    assert "nothing is there" in account.run("down", "stocks", "--apply")


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("action", ["ExecuteChangeSet", "RunJobFlow"])
def test_killed_in_the_middle_the_next_one_goes_on(account, action, when):
    name = f"killed-{action.lower()}-{when}"
    file = account.file(name, storage={"bucket": f"acme-{name}"}, catalog={"type": "none"})
    process = account.start("up", file, "--apply")
    account.proxy.kill = (action, when, process.kill)
    process.communicate(timeout=240)
    assert process.returncode == -9
    account.run("up", file, "--apply")
    assert account.clusters(name) == ["WAITING"]
    assert {stack for stack in account.stacks() if name in stack} == {f"ember-{name}", f"ember-{name}-watch"}
    account.run("down", file, "--apply")
    assert not any(name in stack for stack in account.stacks())


def test_without_capacity_the_reason_is_said(account):
    file = account.file("crowded", storage={"bucket": "acme-crowded"}, catalog={"type": "none"},
                        core={"type": "m5.2xlarge", "on_demand_units": 2})
    account.emulator.order("fault", kind="no_capacity", type="m5.2xlarge")
    said = account.run("up", file, "--apply", exit_code=1)
    account.emulator.order("fault", kind="no_capacity", type="m5.2xlarge", off=True)
    assert "TERMINATED_WITH_ERRORS" in said and "ember emr down crowded --apply" in said
    account.run("down", file, "--apply")
    assert not any("crowded" in stack for stack in account.stacks())


def test_faults_that_pass_are_waited_for(account):
    file = account.file("patient", storage={"bucket": "acme-patient"}, catalog={"type": "none"})
    for kind in ("throttling", "server_error"):
        account.emulator.order("fault", kind=kind, count=2)
        account.run("up", file, "--apply")
    assert account.clusters("patient") == ["WAITING"]
    account.run("down", file, "--apply")


def test_the_policy_has_every_right_that_was_used(account):
    """What the other tests of this file asked for."""
    prefixes = {"emr": "elasticmapreduce"}
    used = {":".join([prefixes.get(service, service), action])
            for service, action in (asked.split(":") for asked in account.proxy.asked)}
    assert len(used) > 20
    policy = json.loads(account.run("policy", ROOT / "examples/emr/seed.yaml"))["Statement"]
    assert used <= {action for statement in policy for action in statement["Action"]}
