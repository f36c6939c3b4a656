"""An output's table in Glue, kept in step by every run."""
import json
import os
import subprocess

import pytest

from conftest import ROOT

ROWS = ["A,1.5,2024-01-02", "B,2.5,2024-01-02", "A,1.75,2024-01-03"]
TABLE = {"path": "s3://bucket/out/prices", "partition_by": ["day"], "catalog": {"glue": "stocks.prices"}}


def table_of(aws):
    return aws.client("glue").get_table(DatabaseName="stocks", Name="prices")["Table"]


def days_of(aws):
    pages = aws.client("glue").get_paginator("get_partitions").paginate(DatabaseName="stocks", TableName="prices")
    return {p["Values"][0]: p["StorageDescriptor"]["Location"] for page in pages for p in page["Partitions"]}


def changes(aws):
    return [call for call in aws.calls() if not call.startswith("Get")]


def test_a_table_is_made_and_then_left_alone(aws):
    pipeline = aws.pipeline(ROWS, TABLE)
    stages = aws.run(pipeline)
    assert stages[0]["catalog"] == "stocks.prices created, its database too, 2 partitions added"
    table = table_of(aws)
    assert [(c["Name"], c["Type"]) for c in table["StorageDescriptor"]["Columns"]] == [
        ("ticker", "string"), ("close", "double")]
    assert [(c["Name"], c["Type"]) for c in table["PartitionKeys"]] == [("day", "date")]
    assert table["TableType"] == "EXTERNAL_TABLE" and table["StorageDescriptor"]["Location"] == "s3://bucket/out/prices"
    assert table["Parameters"]["spark.sql.sources.provider"] == "parquet"
    assert table["Parameters"]["spark.sql.partitionProvider"] == "catalog"
    schema = json.loads(table["Parameters"]["spark.sql.sources.schema"])
    assert [(f["name"], f["type"]) for f in schema["fields"]] == [
        ("ticker", "string"), ("close", "double"), ("day", "date")]
    assert days_of(aws) == {day: f"s3://bucket/out/prices/day={day}" for day in ("2024-01-02", "2024-01-03")}
    assert aws.client("glue").get_database(Name="stocks")["Database"]["LocationUri"] == "s3://bucket/out/"
    assert changes(aws) == ["CreateDatabase", "CreateTable", "BatchCreatePartition"]
    assert aws.run(pipeline)[0]["catalog"] == "stocks.prices as it was"
    assert changes(aws) == []
    assert "prices: Glue's stocks.prices as it was" in aws.ember("run", pipeline)


def test_columns_and_partitions_follow(aws):
    aws.run(aws.pipeline(ROWS, TABLE))
    columns = "ticker STRING, close DOUBLE, volume BIGINT, day DATE"
    wider = aws.pipeline(["A,1.5,100,2024-01-03", "B,2.5,200,2024-01-04"], TABLE, columns=columns)
    assert aws.run(wider)[0]["catalog"] == (
        "stocks.prices updated, 1 partition added, 1 partition updated, 1 partition removed")
    assert [c["Name"] for c in table_of(aws)["StorageDescriptor"]["Columns"]] == ["ticker", "close", "volume"]
    assert sorted(days_of(aws)) == ["2024-01-03", "2024-01-04"]
    more = aws.pipeline(["C,9.5,2024-01-05"], {**TABLE, "mode": "append"})
    assert aws.run(more)[0]["catalog"] == "stocks.prices as it was, 1 partition added"
    assert len(table_of(aws)["StorageDescriptor"]["Columns"]) == 3
    wrong = aws.pipeline(["C,x,2024-01-05"], {**TABLE, "mode": "append"},
                         columns="ticker STRING, close STRING, day DATE")
    said = aws.ember("run", wrong, code=2)
    assert "has the column 'close' of type double, the new files have string" in said
    assert "its files are written and stay" in said and "--catalog-only" in said


def test_null_and_odd_values_of_partitions(aws):
    output = {**TABLE, "partition_by": ["ticker", "day"]}
    aws.run(aws.pipeline(["A/B:C,1.5,2024-01-02", "x y,2.5,", ",1.0,2024-01-03"], output))
    pages = aws.client("glue").get_partitions(DatabaseName="stocks", TableName="prices")["Partitions"]
    places = {tuple(p["Values"]): p["StorageDescriptor"]["Location"] for p in pages}
    null = "__HIVE_DEFAULT_PARTITION__"
    assert places == {("A/B:C", "2024-01-02"): "s3://bucket/out/prices/ticker=A%2FB%3AC/day=2024-01-02",
                      ("x y", null): f"s3://bucket/out/prices/ticker=x y/day={null}",
                      (null, "2024-01-03"): f"s3://bucket/out/prices/ticker={null}/day=2024-01-03"}


def test_projection_in_place_of_partitions(aws):
    catalog = {"glue": "stocks.prices", "partitions": "projection", "projection": {"day": "2020-01-01..NOW"}}
    pipeline = aws.pipeline(ROWS, {**TABLE, "catalog": catalog})
    assert aws.run(pipeline)[0]["catalog"] == "stocks.prices created, its database too"
    parameters = table_of(aws)["Parameters"]
    assert parameters["projection.enabled"] == "true" and parameters["projection.day.range"] == "2020-01-01,NOW"
    assert "spark.sql.partitionProvider" not in parameters and days_of(aws) == {}
    aws.pipeline(ROWS, TABLE)
    assert aws.run(pipeline)[0]["catalog"] == "stocks.prices updated, 2 partitions added"
    assert not [key for key in table_of(aws)["Parameters"] if key.startswith("projection.")]


@pytest.mark.parametrize("format, serde", [("csv", "LazySimpleSerDe"), ("json", "JsonSerDe")])
def test_other_formats(aws, format, serde):
    output = {"path": "s3a://bucket/out/prices", "format": format, "catalog": {"glue": "stocks.prices"},
              "options": {"header": "true", "sep": ";", "compression": "gzip"} if format == "csv" else {}}
    aws.run(aws.pipeline(ROWS, output))
    storage = table_of(aws)["StorageDescriptor"]
    assert storage["SerdeInfo"]["SerializationLibrary"].endswith(serde)
    assert storage["Location"] == "s3://bucket/out/prices"
    if format == "csv":
        assert storage["SerdeInfo"]["Parameters"] == {"path": "s3://bucket/out/prices", "header": "true", "sep": ";",
                                                      "serialization.format": ";", "field.delim": ";"}
        assert table_of(aws)["Parameters"]["skip.header.line.count"] == "1"


def test_what_fails_says_so_and_is_repeated(aws):
    glue = aws.client("glue")
    glue.create_database(DatabaseInput={"Name": "stocks"})
    glue.create_table(DatabaseName="stocks", TableInput={
        "Name": "prices", "StorageDescriptor": {"Location": "s3://bucket/other"}})
    pipeline = aws.pipeline(ROWS, TABLE)
    said = aws.ember("run", pipeline, code=2)
    assert "lies in 's3://bucket/other'" in said and "output 'prices': its files are written and stay" in said
    assert "prices.yaml" in said
    glue.delete_table(DatabaseName="stocks", Name="prices")
    aws.calls()
    assert aws.run("--catalog-only", pipeline)[0]["catalog"] == "stocks.prices created, 2 partitions added"
    files = aws.client("s3").list_objects_v2(Bucket="bucket", Prefix="out/prices/day")["KeyCount"]
    aws.run("--catalog-only", pipeline)
    assert aws.client("s3").list_objects_v2(Bucket="bucket", Prefix="out/prices/day")["KeyCount"] == files
    no_glue = {"AWS_ENDPOINT_URL_GLUE": "http://127.0.0.1:9"}
    assert "its files are written and stay" in aws.ember("run", pipeline, code=1, environment=no_glue)


def test_what_is_wrong_is_found_before_anything_runs(aws):
    interval = {"path": "s3://bucket/out/prices", "catalog": {"glue": "stocks.prices"}, "from": "spans"}
    steps = {"steps": {"spans": {"from": "rows", "do": [{"select": ["day - DATE'2024-01-01' AS span"]}]}}}
    said = aws.ember("run", "--check", aws.pipeline(ROWS, interval, steps), code=1)
    assert "a column of Glue of type INTERVAL DAY" in said and "prices.yaml:" in said
    by_number = {**TABLE, "partition_by": ["close"], "catalog": {"glue": "stocks.prices", "partitions": "projection"}}
    assert "say which values there are" in aws.ember("run", aws.pipeline(ROWS, by_number), code=2)
    assert aws.client("s3").list_objects_v2(Bucket="bucket")["KeyCount"] == 0
    assert changes(aws) == []
    assert "no output has a 'catalog'" in aws.ember(
        "run", "--catalog-only", aws.pipeline(ROWS, {"path": "out"}), code=2)


def test_export_refuses_or_names_what_it_leaves_out(aws):
    pipeline = aws.pipeline(ROWS, TABLE, {"metrics": {"cloudwatch": "Ember/Pipelines"}, "logs": {"cloudwatch": "/ember"}})
    said = aws.ember("export", pipeline, "--pyspark", code=1)
    assert "UNSUPPORTED_FEATURE.EMBER" in said and "the table stocks.prices of Glue" in said and "--without-aws" in said
    program = aws.ember("export", pipeline, "--pyspark", "--without-aws")
    for left_out in ("the table stocks.prices of Glue", "the metrics of Ember/Pipelines", "the log /ember", "--catalog-only"):
        assert left_out in program


def test_another_engine_writes_and_the_table_follows(aws):
    """`--on sc://`: the files are another process's, the table and the list of its partitions are this one's."""
    binary = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
    server = subprocess.Popen([binary, "serve", "--port", "0"], cwd=aws.folder, env=aws.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        address = server.stdout.readline().strip()
        stages = aws.run("--on", address, aws.pipeline(ROWS, TABLE))
        assert stages[0]["catalog"] == "stocks.prices created, its database too, 2 partitions added"
        assert sorted(days_of(aws)) == ["2024-01-02", "2024-01-03"]
    finally:
        server.terminate()
        server.wait(60)
