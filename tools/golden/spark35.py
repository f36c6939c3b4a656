#!/usr/bin/env python3
"""Asks a real Spark 3.5 every recording of ANSI mode off, through Ember's client, and holds what it answers otherwise
against tests/golden/spark35_differences.txt.

    tools/golden/spark35.py --ember-golden build/dev/bin/ember_golden --url sc://127.0.0.1:15435 [--update] [--only GROUP]

A line of the list is `group/name/case  kind`; the kinds: rows and schema (another answer), error (3.5 refuses what 4.0
answers), answer (3.5 answers what 4.0 refuses). Two errors of different names count as equal: many of 3.5 have none.
Only SQL counts: recorded plans are those of PySpark 4.0, which 3.5 was not made for. Both what is not listed and what is
listed without need fail.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "tests/golden"
LIST = GOLDEN / "spark35_differences.txt"
HEAD = re.compile(r"^(?P<name>\S+/\S+) zone=(?P<zone>\S*) ansi=(?P<ansi>\w+)")


def kind_of(recorded, answered):
    if "error" in recorded:
        return None if "error" in answered else "answer"
    if "error" in answered:
        return "error"
    return "rows" if recorded.get("rows") != answered.get("rows") else "schema"


def differences(lines):
    """{case: kind} of what ember_golden prints: a head, the recorded and the given answer."""
    found = {}
    for head, recorded, answered in zip(lines, lines[1:], lines[2:]):
        match = HEAD.match(head)
        if not match or match["ansi"] != "false":
            continue
        if (GOLDEN / f"{match['name'].rpartition('/')[0]}.plans.json").exists():
            continue
        kind = kind_of(json.loads(recorded.strip().partition(" ")[2]), json.loads(answered.strip().partition(" ")[2]))
        if kind:
            found.setdefault(match["name"], kind)
    asked = re.match(r"(\d+) answers compared", next((line for line in reversed(lines) if "answers compared" in line), ""))
    return found, int(asked[1]) if asked else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ember-golden", required=True)
    parser.add_argument("--url", required=True)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--update", action="store_true", help="write the list as the server answers")
    arguments = parser.parse_args()
    only = [part for name in arguments.only for part in ("--only", name)]
    done = subprocess.run([arguments.ember_golden, "--remote", arguments.url, *only], stdout=subprocess.PIPE, text=True)
    found, asked = differences(done.stdout.splitlines())
    if not asked:
        sys.exit("ember_golden did not come to its end")
    if arguments.update:
        LIST.write_text("".join(f"{name}  {kind}\n" for name, kind in sorted(found.items())))
    known = dict(line.split("  ", 1) for line in LIST.read_text().splitlines() if line and not line.startswith("#"))
    if only:
        known = {name: kind for name, kind in known.items() if any(name.startswith(part) for part in arguments.only)}
    wrong = [f"{name}: {known.get(name, 'as recorded')} expected, {found.get(name, 'as recorded')} found"
             for name in sorted(known.keys() | found.keys()) if known.get(name) != found.get(name)]
    print(*wrong, f"{asked} answers asked, {len(found)} cases differ from 4.0, {len(wrong)} unexpected", sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
