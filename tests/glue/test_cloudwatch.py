"""Metrics and the log of a run."""
import datetime
import json

ROWS = ["A,1.5,2024-01-02", "B,wrong,2024-01-02", "C,2.5,2024-01-03"]
TOP = {"metrics": {"cloudwatch": "Ember/Pipelines"}, "logs": {"cloudwatch": "/ember/pipelines"}}


def sums_of(aws):
    """The sum of each metric, by its name and dimensions."""
    client = aws.client("cloudwatch")
    now = datetime.datetime.now(datetime.timezone.utc)
    out = {}
    for metric in client.list_metrics(Namespace="Ember/Pipelines")["Metrics"]:
        found = client.get_metric_statistics(
            Namespace="Ember/Pipelines", MetricName=metric["MetricName"], Dimensions=metric["Dimensions"], Period=3600,
            StartTime=now - datetime.timedelta(hours=2), EndTime=now + datetime.timedelta(hours=2), Statistics=["Sum"])
        dimensions = {d["Name"]: d["Value"] for d in metric["Dimensions"]}
        assert dimensions.pop("Pipeline") == "daily prices"
        out[metric["MetricName"], dimensions.get("Output")] = sum(p["Sum"] for p in found["Datapoints"])
    return out


def lines_of(aws):
    client = aws.client("logs")
    streams = client.describe_log_streams(logGroupName="/ember/pipelines")["logStreams"]
    return [[json.loads(event["message"]) for event in client.get_log_events(
        logGroupName="/ember/pipelines", logStreamName=stream["logStreamName"], startFromHead=True)["events"]]
        for stream in sorted(streams, key=lambda stream: stream["creationTime"])]


def with_rejects(aws, top=TOP, path="s3://bucket/out/prices"):
    pipeline = aws.pipeline(ROWS, {"path": path}, top)
    text = pipeline.read_text()
    assert "path: rows.csv" in text
    pipeline.write_text(text.replace("path: rows.csv", "path: rows.csv\n    rejects: rejects"))
    return pipeline


def test_a_run_tells_its_rows_rejects_and_success(aws):
    aws.ember("run", "-q", with_rejects(aws))
    sums = sums_of(aws)
    assert sums["Rows", "prices"] == 2 and sums["Rejects", "rows"] == 1 and sums["Success", None] == 1
    assert sums["Seconds", None] > 0 and sums["Seconds", "prices"] > 0 and sums["Files", "prices"] == 1
    [lines] = lines_of(aws)
    assert [line["event"] for line in lines] == ["started", "writes", "wrote", "writes", "wrote", "done"]
    assert lines[4]["rows"] == 2 and lines[4]["path"] == "s3://bucket/out/prices"
    aws.ember("run", "-q", with_rejects(aws))
    assert sums_of(aws)["Success", None] == 2 and len(lines_of(aws)) == 2


def test_a_failed_run_tells_why(aws):
    pipeline = aws.pipeline(ROWS, {"path": "s3://bucket/out/prices"}, TOP)
    aws.ember("run", pipeline, code=1)
    assert sums_of(aws)["Success", None] == 0
    [lines] = lines_of(aws)
    assert lines[-1]["event"] == "failed" and lines[-1]["condition"] == "CAST_INVALID_INPUT"
    assert "testsecret" not in json.dumps(lines)


def test_what_cannot_be_told_fails_no_run(aws):
    nowhere = {"AWS_ENDPOINT_URL_CLOUDWATCH": "http://127.0.0.1:9", "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": "http://127.0.0.1:9"}
    aws.ember("run", with_rejects(aws), environment=nowhere)
    said = aws.said[-1]
    assert "warning: no metrics for 'Ember/Pipelines' (the run is not concerned)" in said
    assert "warning: no log in '/ember/pipelines'" in said
    nowhere = {"AWS_REGION": "", "AWS_ENDPOINT_URL_S3": aws.url, "AWS_ENDPOINT_URL": ""}
    aws.ember("run", with_rejects(aws, path="out/prices"), environment=nowhere)
    assert "warning: CloudWatch is not told of this run" in aws.said[-1]


def test_a_check_tells_nothing(aws):
    aws.ember("run", "--check", with_rejects(aws))
    assert aws.calls() == [] and sums_of(aws) == {}
