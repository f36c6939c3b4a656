"""Reads the hand-written inputs of tests/golden: the .sql files and the DataFrame modules."""

import dataclasses
import inspect
import re
import types

DIRECTIVE = re.compile(r"--\s*(case|zone|ansi|ordered|tolerance|setup|tree)\b:?\s*(.*)$")


@dataclasses.dataclass
class Case:
    slug: str = ""
    sql: str = None
    build: object = None
    zones: list = dataclasses.field(default_factory=lambda: ["UTC"])
    ansi_modes: list = dataclasses.field(default_factory=lambda: [True, False])
    ordered: bool = False
    tree: bool = False
    writes: bool = False
    tolerance: float = None


@dataclasses.dataclass
class CaseFile:
    setup: list
    cases: list


def read_sql_file(path):
    """The setup statements and the cases of a .sql file; raises ValueError with the line."""
    found = CaseFile(setup=[], cases=[])
    slugs = set()
    directives, statement = {}, []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        text = line.rstrip()
        if not statement:
            match = DIRECTIVE.match(text)
            if match:
                directives[match.group(1)] = match.group(2).strip()
                continue
            if not text or text.startswith("--"):
                continue
        statement.append(text)
        if text.endswith(";"):
            sql = "\n".join(statement)[:-1]
            if "setup" in directives:
                if found.cases:
                    raise ValueError(f"{path}:{number}: setup statements come before the cases")
                found.setup.append(sql)
            else:
                found.cases.append(sql_case(sql, directives, slugs))
            directives, statement = {}, []
    if statement:
        raise ValueError(f"{path}: the last statement lacks a line that ends with ';'")
    return found


def sql_case(sql, directives, slugs):
    case = Case(sql=sql)
    case.slug = unique_slug(directives.get("case") or slug_of(sql), slugs)
    apply_directives(case, directives)
    return case


def apply_directives(case, directives):
    if "zone" in directives:
        case.zones = [zone.strip() for zone in directives["zone"].split(",")]
    if "ansi" in directives:
        case.ansi_modes = {"both": [True, False], "true": [True],
                           "false": [False]}[directives["ansi"]]
    case.ordered = "ordered" in directives
    case.tree = "tree" in directives
    if "tolerance" in directives:
        case.tolerance = float(directives["tolerance"])


def read_module(path, source):
    """The cases of a DataFrame module: its functions case_*, in their order. The lines of a
    function's docstring may be directives without the dashes."""
    module = types.ModuleType(path.stem)
    exec(compile(source, str(path), "exec"), vars(module))
    found = CaseFile(setup=[], cases=[])
    for name, function in vars(module).items():
        if not name.startswith("case_"):
            continue
        case = Case(slug=name[len("case_"):].replace("_", "-"), build=function)
        case.writes = "out" in inspect.signature(function).parameters
        directives = {}
        for line in (function.__doc__ or "").split("\n"):
            match = DIRECTIVE.match("-- " + line.strip())
            if match:
                directives[match.group(1)] = match.group(2).strip()
        apply_directives(case, directives)
        found.cases.append(case)
    return found


WORDS = {"+": "plus", "*": "times", "/": "over", "%": "mod", "<": "lt", ">": "gt", "=": "eq",
         "!": "not", "&": "amp", "|": "pipe", "^": "xor", "~": "tilde"}


def slug_of(sql):
    """A readable name that stays the same when cases are added around it."""
    text = re.sub(r"^\s*select\s+", "", sql, flags=re.IGNORECASE).lower()
    text = re.sub(r"(?<![\w.])-(?=\.?\d)", " minus ", text)
    for symbol, word in WORDS.items():
        text = text.replace(symbol, f" {word} ")
    return re.sub(r"[^a-z0-9_]+", "-", text).strip("-")[:60].strip("-") or "case"


def unique_slug(slug, taken):
    candidate, count = slug, 1
    while candidate in taken:
        count += 1
        candidate = f"{slug}-{count}"
    taken.add(candidate)
    return candidate
