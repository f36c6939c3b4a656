"""Writes src/emulator/emr_shapes.cc: what members the emulated actions of EMR have, by botocore's model of the service.

    ~/.cache/ember/venv-emr-2/bin/python tools/emr/shapes.py [--check]

--check only says whether the file is what the model would give. The format is told in src/emulator/shapes.h.
"""
import pathlib
import re
import sys

import botocore.loaders

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = ROOT / "src/emulator/emr_shapes.cc"
ACTIONS = """
AddInstanceFleet AddInstanceGroups AddJobFlowSteps AddTags CancelSteps CreateSecurityConfiguration
DeleteSecurityConfiguration DescribeCluster DescribeSecurityConfiguration DescribeStep GetAutoTerminationPolicy
GetManagedScalingPolicy GetSession GetSessionEndpoint ListBootstrapActions ListClusters ListInstanceFleets
ListInstanceGroups ListInstances ListSecurityConfigurations ListSessions ListSteps ModifyCluster ModifyInstanceFleet
ModifyInstanceGroups PutAutoTerminationPolicy PutManagedScalingPolicy RemoveAutoTerminationPolicy
RemoveManagedScalingPolicy RemoveTags RunJobFlow SetKeepJobFlowAliveWhenNoSteps SetTerminationProtection
SetVisibleToAllUsers StartSession TerminateJobFlows TerminateSession
""".split()
LETTERS = {"string": "S", "integer": "I", "long": "I", "boolean": "B", "double": "D", "float": "D", "timestamp": "T"}


def limits(shape):
    if "min" not in shape and "max" not in shape:
        return ""
    number = lambda name: "" if name not in shape else f"{shape[name]:g}"
    return f"{number('min')}~{number('max')}"


def reference(model, name):
    """A scalar by its letter and limits; anything else by its name."""
    shape = model["shapes"][name]
    if shape["type"] in LETTERS and "enum" not in shape:
        return LETTERS[shape["type"]] + limits(shape)
    return name


def line_of(model, name):
    shape = model["shapes"][name]
    kind = shape["type"]
    if kind == "structure":
        required = set(shape.get("required", []))
        members = [f"{key}{'!' if key in required else ''}:{reference(model, value['shape'])}"
                   for key, value in shape["members"].items()]
        return " ".join([name, "{", *members])
    if kind == "list":
        return f"{name} [ {reference(model, shape['member']['shape'])}"
    if kind == "map":
        return f"{name} < {reference(model, shape['value']['shape'])}"
    return " ".join([name, "=", *shape["enum"]])


def children(shape):
    if shape["type"] == "structure":
        return [value["shape"] for value in shape["members"].values()]
    if shape["type"] == "list":
        return [shape["member"]["shape"]]
    return [shape["value"]["shape"]] if shape["type"] == "map" else []


def table(model):
    lines, names, waiting = [], set(), []
    for action in ACTIONS:
        operation = model["operations"][action]
        ends = [operation[side]["shape"] if side in operation else "-" for side in ("input", "output")]
        lines.append(" ".join([action, "()", *ends]))
        waiting += [name for name in ends if name != "-"]
    while waiting:
        name = waiting.pop()
        if name in names or reference(model, name) != name:
            continue
        names.add(name)
        waiting += children(model["shapes"][name])
    return lines + [line_of(model, name) for name in sorted(names)]


def pieces(lines):
    """Raw strings have a limit; so has a line of this repository."""
    for line in lines:
        words, row = line.split(" "), ""
        for word in words:
            if row and len(row) + len(word) > 88:
                yield row + " "
                row = ""
            row += (" " if row else "") + word
        yield row + "\\n"


def written(text):
    """The table in a source file, however its literals are broken into lines."""
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', text.partition("return")[2]))


def main():
    model = botocore.loaders.Loader().load_service_model("emr", "service-2")
    rows = "\n".join(f'    "{piece}"' for piece in pieces(table(model)))
    text = ("// Written by tools/emr/shapes.py; do not edit.\n#include \"emulator/shapes.h\"\n\nnamespace ember {\n\n"
            f"std::string_view EmrShapeText() {{\n  return\n{rows};\n}}\n\n}}  // namespace ember\n")
    if "--check" in sys.argv:
        return 0 if TARGET.exists() and written(TARGET.read_text()) == written(text) else 1
    TARGET.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
