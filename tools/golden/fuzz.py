#!/usr/bin/env python3
"""Calls functions over edge values on real Spark and on Ember and tells where they differ.

    tools/golden/fuzz.py --ember sc://HOST:PORT [--spark sc://HOST:PORT] [--only round,trim ...]

Each line of fuzz_calls.txt is a call whose arguments are families of values ({int}, {double} …) or
constants. A call is asked once for all combinations of its families' values, as columns; where an
engine refuses, once for each of them. Names, types, values and error conditions are compared, in
both ANSI modes and in the zones given. Prints the smallest query of each difference; what is worth
keeping becomes a golden case. Run it with the Python of a virtual environment that holds
pyspark-client.
"""

import argparse
import itertools
import logging
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

import record  # noqa: E402

CALLS = pathlib.Path(__file__).resolve().parent / "fuzz_calls.txt"

FAMILIES = {
    "boolean": ["CAST(NULL AS BOOLEAN)", "true", "false"],
    "byte": ["CAST(NULL AS TINYINT)", "0Y", "1Y", "-7Y", "127Y", "-128Y"],
    "int": ["CAST(NULL AS INT)", "0", "1", "-1", "7", "2147483647", "-2147483648"],
    "small": ["CAST(NULL AS INT)", "0", "1", "-1", "2", "-3", "5"],
    "long": ["CAST(NULL AS BIGINT)", "0L", "-1L", "5L", "1704067200L", "9223372036854775807L",
             "-9223372036854775807L - 1L"],
    "float": ["CAST(NULL AS FLOAT)", "CAST(0 AS FLOAT)", "CAST('-0.0' AS FLOAT)",
              "CAST('NaN' AS FLOAT)", "CAST('Infinity' AS FLOAT)", "CAST(0.1 AS FLOAT)",
              "CAST(-2.5 AS FLOAT)", "CAST(16777217 AS FLOAT)", "CAST('3.4028235E38' AS FLOAT)"],
    "double": ["CAST(NULL AS DOUBLE)", "0.0D", "-0.0D", "CAST('NaN' AS DOUBLE)",
               "CAST('Infinity' AS DOUBLE)", "CAST('-Infinity' AS DOUBLE)", "1.5D", "-2.5D", "0.1D",
               "2.675D", "-0.285D", "123456.789D", "1E20D", "1.7976931348623157E308D",
               "4.9E-324D", "-1.0D", "100.0D"],
    "decimal": ["CAST(NULL AS DECIMAL(10,2))", "CAST(0 AS DECIMAL(10,2))",
                "CAST(-0.05 AS DECIMAL(10,2))", "CAST(2.5 AS DECIMAL(10,2))",
                "CAST(99999999.99 AS DECIMAL(10,2))"],
    "wide": ["CAST(NULL AS DECIMAL(38,6))", "CAST(1 AS DECIMAL(38,6))",
             "CAST('-99999999999999999999999999999999.999999' AS DECIMAL(38,6))",
             "CAST('0.000001' AS DECIMAL(38,6))"],
    "string": ["CAST(NULL AS STRING)", "''", "' '", "'abc'", "'  Ab c  '", "'aAbBcC'", "'été ß'",
               "'a😀b'", "'İΣ'", "'a,b,,c'", "'12'", "' 7 '", "'-1.5e3'", "'2024-02-29'",
               "'2024-03-10 02:30:00'", "'tab\\there'", "'100%'", "'x_y.z'"],
    "word": ["CAST(NULL AS STRING)", "''", "'a'", "'b'", "'abc'", "'ß'", "'😀'", "'%'"],
    "binary": ["CAST(NULL AS BINARY)", "x''", "x'00'", "x'616263'", "x'fffe80'"],
    "date": ["CAST(NULL AS DATE)", "date'1970-01-01'", "date'2024-02-29'", "date'2023-12-31'",
             "date'1582-10-04'", "date'1582-10-15'", "date'0001-01-01'", "date'9999-12-31'",
             "date'1900-03-01'", "date'2024-03-10'", "date'2021-01-03'"],
    "timestamp": ["CAST(NULL AS TIMESTAMP)", "timestamp'1970-01-01 00:00:00Z'",
                  "timestamp'2024-03-10 06:59:59.999999Z'", "timestamp'2024-03-10 07:00:00Z'",
                  "timestamp'2024-11-03 05:30:00Z'", "timestamp'2024-11-03 06:30:00.5Z'",
                  "timestamp'1969-12-31 23:59:59.5Z'", "timestamp'1582-10-10 12:00:00Z'",
                  "timestamp'0001-01-01 12:00:00Z'", "timestamp'1883-11-18 17:00:00Z'",
                  "timestamp'9999-12-31 23:59:59.999999Z'", "timestamp'2024-02-29 12:34:56.789Z'"],
    "ntz": ["CAST(NULL AS TIMESTAMP_NTZ)", "timestamp_ntz'1970-01-01 00:00:00'",
            "timestamp_ntz'2024-03-10 02:30:00'", "timestamp_ntz'1969-12-31 23:59:59.5'",
            "timestamp_ntz'2024-11-03 01:30:00.000001'", "timestamp_ntz'0001-01-01 00:00:00'"],
    "days": ["CAST(NULL AS INTERVAL DAY TO SECOND)", "interval '0' second",
             "interval '1 02:03:04.5' day to second", "interval '-1' day", "interval '90' minute"],
    "months": ["CAST(NULL AS INTERVAL YEAR TO MONTH)", "interval '0' month",
               "interval '1-1' year to month", "interval '-1' month"],
    "ints": ["CAST(NULL AS ARRAY<INT>)", "CAST(array() AS ARRAY<INT>)", "array(1)",
             "array(3, 1, 2, 1)", "array(1, CAST(NULL AS INT), 2)", "array(CAST(NULL AS INT))"],
    "doubles": ["CAST(NULL AS ARRAY<DOUBLE>)", "array(0.0D, -0.0D)",
                "array(CAST('NaN' AS DOUBLE), 1D, CAST('NaN' AS DOUBLE))",
                "array(1.5D, CAST(NULL AS DOUBLE), -2.5D)", "array(1D, 2D)"],
    "strings": ["CAST(NULL AS ARRAY<STRING>)", "array('b', 'a', 'b')",
                "array('x', CAST(NULL AS STRING))", "array('')"],
    "nested": ["CAST(NULL AS ARRAY<ARRAY<INT>>)", "array(array(1, 2), array(3))",
               "array(array(1), CAST(NULL AS ARRAY<INT>))",
               "array(array(1, CAST(NULL AS INT)), array(1, 0), array(1))"],
    "map": ["CAST(NULL AS MAP<STRING, INT>)", "CAST(map() AS MAP<STRING, INT>)", "map('a', 1)",
            "map('b', 2, 'a', CAST(NULL AS INT))"],
    "struct": ["CAST(NULL AS STRUCT<a: INT, b: STRING>)",
               "named_struct('a', 1, 'b', CAST(NULL AS STRING))",
               "named_struct('a', CAST(NULL AS INT), 'b', 'x')",
               "named_struct('a', 1, 'b', 'x')"],
    "json": ["CAST(NULL AS STRING)", "'{\"a\": 1, \"b\": [1, 2.50, null]}'", "'[1, 2]'", "'nope'",
             "'{\"a\": {\"c\": \"x\"}}'", "''"],
    # Constants of their own: written into the call, one call for each.
    "DATE_PATTERN": ["'yyyy-MM-dd'", "'dd/MM/yy HH:mm:ss.SSS'", "'EEEE, d MMMM yyyy'", "'D h a'",
                     "'y-M-d'", "'E MMM QQQ'", "'VV z'", "'XXX xx'", "'G yyyy'"],
    "UNIT": ["'YEAR'", "'quarter'", "'MONTH'", "'week'", "'DAY'", "'HOUR'", "'minute'", "'nope'"],
    "REGEX": ["'a'", "'(a)(b)?'", "'[0-9]+'", "'^$'", "''", "'\\\\s+'", "'(?i)A'"],
    "DIGITS": ["0", "2", "-1", "-3", "10"],
    "FRACTION": ["0.0D", "0.5D", "0.9D", "1.0D"],
}


def combinations(call, limit):
    """The families of a call in order, their values' combinations, at most `limit`, spread."""
    names = re.findall(r"\{([a-z]+)\}", call)
    rows = list(itertools.product(*(FAMILIES[name] for name in names)))
    if len(rows) > limit:
        step = len(rows) / limit
        rows = [rows[int(i * step)] for i in range(limit)]
    return rows


def expanded(call):
    """The call with each constant family written out."""
    names = re.findall(r"\{([A-Z_]+)\}", call)
    for values in itertools.product(*(FAMILIES[name] for name in names)):
        text = call
        for name, value in zip(names, values):
            text = text.replace("{" + name + "}", value, 1)
        yield text


def query_of(call, rows):
    columns = iter("abcdef")
    names = []

    def column(_):
        names.append(next(columns))
        return names[-1]

    text = re.sub(r"\{[a-z]+\}", column, call)
    if not names:
        return f"SELECT {text}"
    values = ", ".join("(" + ", ".join(row) + ")" for row in rows)
    return f"SELECT {text} FROM VALUES {values} AS t({', '.join(names)})"


def answer(sessions, ansi, zone, query):
    spark = sessions.get(ansi, zone)
    try:
        return record.answer(spark, lambda: spark.sql(query)._plan.to_proto(spark.client))
    except UnicodeDecodeError:  # text that is no UTF-8: the client cannot read it
        return {"error": {"condition": "bytes that are no text", "parameters": {}}}


def shape(result):
    fields = result["schema"]["fields"]
    return [(field["name"], field["type"], field["nullable"]) for field in fields]


def condition(result):
    error = result.get("error")
    return None if error is None else (error["condition"], sorted(error["parameters"].items()))


def difference(left, right):
    if condition(left) != condition(right):
        return "error", condition(left), condition(right)
    if "error" in left:
        return None
    if shape(left) != shape(right):
        return "schema", shape(left), shape(right)
    if left["rows"] != right["rows"]:
        return "rows", left["rows"], right["rows"]
    return None


class Fuzzer:
    def __init__(self, spark, ember, zones, limit, shown):
        self.spark, self.ember = record.Sessions(spark, []), record.Sessions(ember, [])
        self.zones, self.limit, self.shown = zones, limit, shown
        self.found = 0
        self.told = set()

    def report(self, kind, ansi, zone, query, left, right):
        if (kind, query, str(left), str(right)) in self.told:
            return  # the other mode differs alike
        self.told.add((kind, query, str(left), str(right)))
        self.found += 1
        text = f"    spark {str(left)[:600]}\n    ember {str(right)[:600]}"
        print(f"{kind} ansi={ansi} {zone}: {query}\n{text}", flush=True)

    def compare(self, ansi, zone, query):
        left = answer(self.spark, ansi, zone, query)
        right = answer(self.ember, ansi, zone, query)
        return left, right

    def one_by_one(self, call, rows, ansi, zone):
        seen = set()
        for row in rows:
            query = query_of(call, [row])
            found = difference(*self.compare(ansi, zone, query))
            if found is None:
                continue
            kind, left, right = found
            key = (kind, str(left)[:40], str(right)[:40]) if kind != "rows" else (kind, len(seen))
            if key in seen or len(seen) >= self.shown:
                continue
            seen.add(key)
            self.report(kind, ansi, zone, query, left, right)

    def call(self, call, ansi, zone):
        rows = combinations(call, self.limit)
        query = query_of(call, rows)
        left, right = self.compare(ansi, zone, query)
        if "error" in left or "error" in right:
            if rows and (len(rows) > 1):
                self.one_by_one(call, rows, ansi, zone)
            elif (found := difference(left, right)) is not None:
                self.report(found[0], ansi, zone, query, found[1], found[2])
            return
        if shape(left) != shape(right):
            self.report("schema", ansi, zone, query_of(call, rows[:1]), shape(left), shape(right))
        if len(left["rows"]) != len(rows) or len(right["rows"]) != len(rows):
            if left["rows"] != right["rows"]:
                self.report("rows", ansi, zone, query, left["rows"], right["rows"])
            return
        shown = 0
        for row, expected, actual in zip(rows, left["rows"], right["rows"]):
            if expected != actual and shown < self.shown:
                shown += 1
                self.report("rows", ansi, zone, query_of(call, [row]), expected, actual)


def main():
    logging.disable(logging.CRITICAL)
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--spark", default="sc://127.0.0.1:15402")
    parser.add_argument("--ember", required=True)
    parser.add_argument("--only", default="", help="functions, separated by commas")
    parser.add_argument("--calls", default=str(CALLS))
    parser.add_argument("--zones", default="America/New_York")
    parser.add_argument("--ansi", default="true,false")
    parser.add_argument("--limit", type=int, default=48, help="rows of a call")
    parser.add_argument("--shown", type=int, default=3, help="differences of a call")
    options = parser.parse_args()
    record.keep_java_class()
    fuzzer = Fuzzer(options.spark, options.ember, options.zones.split(","), options.limit,
                    options.shown)
    only = set(filter(None, options.only.split(",")))
    calls = 0
    for line in pathlib.Path(options.calls).read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if only and re.split(r"\W", line.strip())[0] not in only:
            continue
        for call in expanded(line.strip()):
            for ansi in options.ansi.split(","):
                for zone in fuzzer.zones:
                    calls += 1
                    fuzzer.call(call, ansi == "true", zone)
    print(f"{calls} calls, {fuzzer.found} differences")


if __name__ == "__main__":
    main()
