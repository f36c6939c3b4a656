"""What `ember emr cost` adds up, where its prices are from, and how they are overridden."""
import json

import pytest

from conftest import EXAMPLES, ROOT, ember

SEED = ROOT / "examples/emr/seed.yaml"


def cost_of(file, *arguments):
    return json.loads(ember("cost", file, "--json", *arguments))


def test_rows_add_up(example):
    cost = cost_of(example, "--hours", 3)
    for when, total in (("start", "hour_start"), ("max", "hour_max")):
        for bound in ("low", "high"):
            assert sum(row[when][bound] for row in cost["hourly"]) == pytest.approx(cost[total][bound])
    assert cost["hour_start"]["low"] <= cost["hour_max"]["high"]
    requests = sum(row["usd"]["high"] for row in cost["run"])
    assert cost["run_total"]["high"] == pytest.approx(3 * cost["hour_max"]["high"] + requests)
    assert cost["left_running_month"]["low"] == pytest.approx(730 * cost["hour_start"]["low"])


def test_every_number_says_where_it_is_from(example):
    cost = cost_of(example)
    assert all(row["source"] for row in cost["hourly"])
    assert any("us-east-1" in note for note in cost["notes"])
    assert "general knowledge" in ember("cost", SEED)


def test_the_spot_price_is_a_range_and_the_fee_is_not():
    rows = {(row["role"], row["item"]): row for row in cost_of(SEED)["hourly"]}
    spot, fee = rows["task", "EC2"], rows["core", "EMR"]
    assert spot["max"]["low"] < spot["max"]["high"]
    assert fee["max"]["low"] == fee["max"]["high"] == pytest.approx(4 * 0.048)


def test_prices_are_overridden(tmp_path):
    facts = tmp_path / "facts.yaml"
    facts.write_text("date: 2026-11-01\nprice_region: us-east-1\ntypes: {m5.xlarge: {ec2_usd_hour: 1.0}}\n")
    minimal = ROOT / "examples/emr/minimal.yaml"
    row = cost_of(minimal, "--facts", facts)["hourly"][0]
    assert row["start"]["low"] == 1.0 and row["source"] == "the facts file"
    assert "2026-11-01" in cost_of(minimal, "--facts", facts)["notes"][0]


def test_more_input_means_more_requests():
    small, large = (cost_of(SEED, "--input-bytes", size)["run"][0]["usd"]["low"] for size in ("10GiB", "1TiB"))
    assert large > 50 * small
    many = cost_of(SEED, "--input-bytes", "10GiB", "--input-files", 1000000)["run"][0]["usd"]["low"]
    assert many > 100 * small


def test_a_file_with_errors_has_no_price(tmp_path):
    file = tmp_path / "cluster.yaml"
    file.write_text("name: stocks\n")
    ember("cost", file, exit_code=2)


def test_a_region_without_prices_is_said(tmp_path):
    file = tmp_path / "cluster.yaml"
    file.write_text((ROOT / "examples/emr/minimal.yaml").read_text().replace("us-east-1", "eu-central-1"))
    assert any("eu-central-1 has other prices" in note for note in cost_of(file)["notes"])


def test_examples_are_all_priced():
    for file in EXAMPLES:
        assert not any("for want of a price" in note for note in cost_of(file)["notes"]), file
