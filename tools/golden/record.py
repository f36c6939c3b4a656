#!/usr/bin/env python3
"""Records tests/golden from a running real Spark Connect server, with the PySpark client.

    tools/golden/record.py [--only functions/round ...] [--changed | --check] [--url sc://HOST:PORT]

Each input file becomes one .json beside it (and .plans.json for DataFrame modules); see
tests/golden/README.md for both formats. Run it with the Python of a virtual environment that holds
pyspark-client, or through tools/golden/record.sh.
"""

import argparse
import json
import logging
import pathlib
import re
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from google.protobuf import json_format  # noqa: E402
from pyspark.errors import PySparkException  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402
from pyspark.sql.connect import expressions  # noqa: E402
from pyspark.sql.connect import functions as F  # noqa: E402
from pyspark.sql.connect.client import core  # noqa: E402
from pyspark.sql.connect.expressions import UnresolvedNamedLambdaVariable  # noqa: E402
from pyspark.sql.connect.plan import LogicalPlan  # noqa: E402

import cases as case_files  # noqa: E402
from cells import encode_columns  # noqa: E402
from compare import differences  # noqa: E402
from writes import answer_of_write  # noqa: E402

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "tests" / "golden"
# Stands in inputs and recordings for the folder of the files that cases read.
DATA_MARK, DATA = "{data}", str(GOLDEN.parent / "data")
SPARK_VERSION = "4.0.2"


class NoOrigin:
    fragment = None
    call_site = None


def leave_out_call_sites():
    """The client puts Python file names into plans: they are no part of a case."""
    expressions.current_origin = NoOrigin


def keep_java_class():
    """The client drops the Java class name from its exceptions: keep it, it is part of a case."""
    convert = core.convert_exception

    def convert_and_keep(info, *args, **kwargs):
        exception = convert(info, *args, **kwargs)
        classes = json.loads(info.metadata.get("classes") or "[]")
        exception.java_class = classes[0] if classes else None
        return exception

    core.convert_exception = convert_and_keep


def normalised(value):
    """A parameter value without what differs from run to run."""
    value = re.sub(r"#\d+", "#N", value)
    value = re.sub(r"\bplan_id=\d+", "plan_id=N", value)
    value = re.sub(r"file:/\S*?/spark-server-\d+/", "file:/", value)
    return value.replace(DATA, DATA_MARK)


def error_of(exception):
    java_class = getattr(exception, "java_class", None)
    if java_class is None:
        raise ValueError(f"the client refused this without asking Spark: {exception}")
    parameters = exception.getMessageParameters() or {}
    return {
        "condition": exception.getCondition() or None,
        "sqlState": exception.getSqlState() or None,
        "parameters": {key: normalised(value) for key, value in sorted(parameters.items())},
        "class": java_class,
    }


def answer(spark, build_plan):
    """What Spark makes of a case: {"schema", "rows"} or {"error"}."""
    try:
        table, schema, _ = spark.client.to_table(build_plan(), {})
        return {"schema": schema.jsonValue(), "rows": encode_columns(table, schema)}
    except PySparkException as exception:
        return {"error": error_of(exception)}


def plan_of(spark, built):
    """The protobuf plan of what a case function returned: a DataFrame or a client plan node."""
    node = built if isinstance(built, LogicalPlan) else built._plan
    return node.to_proto(spark.client)


class Sessions:
    """One fresh session for a file and an ANSI mode, with the file's setup done."""

    def __init__(self, url, setup):
        self.url = url
        self.setup = setup
        self.by_mode = {}

    def get(self, ansi, zone):
        if ansi not in self.by_mode:
            spark = SparkSession.builder.remote(self.url).create()
            spark.conf.set("spark.sql.ansi.enabled", str(ansi).lower())
            spark.conf.set("spark.sql.session.timeZone", "UTC")
            for statement in self.setup:
                spark.sql(with_data(statement))
            self.by_mode[ansi] = [spark, "UTC"]
        entry = self.by_mode[ansi]
        if entry[1] != zone:
            entry[0].conf.set("spark.sql.session.timeZone", zone)
            entry[1] = zone
        return entry[0]

    def close(self):
        for spark, _ in self.by_mode.values():
            spark.client.release_session()
            spark.client.close()


def run_case(case, sessions, ansi, zone, plans):
    spark = sessions.get(ansi, zone)
    if case.tree:
        plan = spark.sql(with_data(case.sql))._plan.to_proto(spark.client)
        tree = spark.client._analyze(method="tree_string", plan=plan).tree_string
        return answer(spark, lambda: plan) | {"tree": tree}
    if case.build is None:
        return answer(spark, lambda: spark.sql(with_data(case.sql))._plan.to_proto(spark.client))

    # The client numbers plans and lambda variables in process-wide counters.
    LogicalPlan._nextPlanId = 0
    UnresolvedNamedLambdaVariable._nextVarNameId = 0
    if case.writes:
        sent = []
        result, without_folder = answer_of_write(
            spark, F, case.build, lambda build_plan: answer(spark, build_plan), sent)
        plans[case.slug] = [json.loads(without_folder(plan_text(plan))) for plan in sent]
        return json.loads(without_folder(compact(result)))

    def build():
        plan = plan_of(spark, case.build(spark, F))
        plans[case.slug] = json.loads(plan_text(plan))
        return plan

    return answer(spark, build)


def with_data(sql):
    return sql.replace(DATA_MARK, DATA)


def entry_of(case, ansi, zone, result):
    entry = {"case": case.slug}
    entry.update({"sql": case.sql} if case.build is None else {"plan": case.slug})
    entry.update({"ansi": ansi, "zone": zone, "ordered": case.ordered})
    if case.tolerance is not None:
        entry["tolerance"] = case.tolerance
    entry.update(result)
    return entry


def record_case(case, sessions, plans):
    entries = []
    for zone in case.zones:
        results = []
        for ansi in case.ansi_modes:
            results.append((ansi, run_case(case, sessions, ansi, zone, plans)))
        same = len(results) == 2 and same_answer(case, results[0][1], results[1][1])
        for ansi, result in results[:1] if same else results:
            entries.append(entry_of(case, "both" if same else ansi, zone, result))
    return entries


def same_answer(case, left, right):
    if case.ordered or "rows" not in left or "rows" not in right:
        return left == right
    left, right = ({**answer, "rows": sorted(map(compact, answer["rows"]))} for answer in (left, right))
    return left == right


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write_recording(path, setup, entries):
    head = '{"spark":' + compact(SPARK_VERSION)
    if setup:
        head += ',"setup":' + compact(setup)
    body = ",\n".join(compact(entry) for entry in entries)
    path.write_text(f'{head},"cases":[\n{body}\n]}}\n', encoding="utf-8")


def plan_text(plan):
    """A plan or command as protobuf JSON that is the same on each recording."""
    tree = json_format.MessageToDict(plan, preserving_proto_field_name=True)
    if plan.DESCRIPTOR.name == "Command":
        tree = {"command": tree}
    text = json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return re.sub(r"(_pyspark_connect_temp_view_)[0-9a-f]{32}", r"\1N", text).replace(DATA, DATA_MARK)


def write_plans(path, plans):
    body = ",\n".join(f"{compact(slug)}:{compact(plan)}" for slug, plan in plans.items())
    path.write_text(f"{{\n{body}\n}}\n", encoding="utf-8")


def answers_of_file(path, url):
    """Runs one input file: (setup statements, entries, plans)."""
    if path.suffix == ".py":
        found = case_files.read_module(path, path.read_text("utf-8").replace(DATA_MARK, DATA))
    else:
        found = case_files.read_sql_file(path)
    sessions, entries, plans = Sessions(url, found.setup), [], {}
    try:
        for case in found.cases:
            try:
                entries.extend(record_case(case, sessions, plans))
            except Exception as failure:
                raise RuntimeError(f"{path}: case '{case.slug}': {failure!r}") from failure
    finally:
        sessions.close()
    return found.setup, entries, plans


def record_file(path, url):
    """Records one input file; returns its entries."""
    setup, entries, plans = answers_of_file(path, url)
    write_recording(path.with_suffix(".json"), setup, entries)
    if path.suffix == ".py":
        write_plans(path.with_suffix(".plans.json"), plans)
    return entries


def check_file(path, url):
    """Compares the answers of the server with the recording, prints what differs; returns the
    entries that do."""
    expected = by_mode(json.loads(path.with_suffix(".json").read_text("utf-8"))["cases"])
    found = by_mode(answers_of_file(path, url)[1])
    wrong = []
    for key, entry in expected.items():
        texts = differences(entry, found[key]) if key in found else ["not in the inputs any more"]
        if texts:
            wrong.append(entry)
            slug, zone, ansi = key
            print(f"DIFFERS {path.parent.name}/{path.stem}/{slug} zone={zone} ansi={ansi}")
            for text in [entry.get("sql", ""), *texts]:
                print(f"    {text}"[:600])
    return wrong


def by_mode(entries):
    """Entries by (slug, zone, ANSI mode), those for both modes twice."""
    found = {}
    for entry in entries:
        for ansi in [True, False] if entry["ansi"] == "both" else [entry["ansi"]]:
            found[entry["case"], entry["zone"], ansi] = entry
    return found


def inputs(only, changed):
    paths = sorted([*GOLDEN.glob("*/*.sql"), *GOLDEN.glob("*/*.py")])
    if only:
        names = {name.removesuffix(".sql").removesuffix(".py") for name in only}
        paths = [p for p in paths if f"{p.parent.name}/{p.stem}" in names or p.parent.name in names]
    if changed:
        paths = [p for p in paths if not p.with_suffix(".json").exists()
                 or p.stat().st_mtime > p.with_suffix(".json").stat().st_mtime]
    return paths


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", default=[], metavar="GROUP[/NAME]")
    parser.add_argument("--changed", action="store_true",
                        help="only inputs that are newer than their recording")
    parser.add_argument("--check", action="store_true",
                        help="write nothing: compare the server's answers with the recordings")
    parser.add_argument("--url", default="sc://127.0.0.1:15402")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)  # the client logs each error that a case is about
    keep_java_class()
    leave_out_call_sites()
    run = check_file if arguments.check else record_file
    total, errors, failed = 0, 0, []
    for path in inputs(arguments.only, arguments.changed):
        started = time.monotonic()
        try:
            entries = run(path, arguments.url)
        except (RuntimeError, ValueError, PySparkException) as failure:
            failed.append(path)
            print(f"FAILED {failure}", file=sys.stderr)
            continue
        total += len(entries)
        errors += sum("error" in entry for entry in entries)
        print(f"{path.parent.name}/{path.stem}: {len(entries)} cases, "
              f"{time.monotonic() - started:.1f} s", flush=True)
    verb = "differ" if arguments.check else "recorded"
    print(f"{total} cases {verb}, {errors} of them errors, {len(failed)} files failed")
    sys.exit(1 if failed or (arguments.check and total) else 0)


if __name__ == "__main__":
    main()
