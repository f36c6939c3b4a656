"""One definition of each type and function: two of one name in namespace ember are one symbol to the linker.

Reads the definitions at namespace scope of every source. Those in an anonymous namespace, static functions and
overloads of other parameter types do not clash; neither do tests of two rooms, which are never linked together.
"""
import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXPRESSION = object()
FOLDERS = ("include", "src", "tests/cpp", "tools/golden")
# Comments, raw strings, strings, characters (not the quotes in 1'000) and preprocessor lines.
NOISE = re.compile(r"""//[^\n]*|/\*.*?\*/|R"([^(\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'"""
                   r"""|^[ \t]*\#(?:[^\n\\]|\\.)*""", re.DOTALL | re.MULTILINE)
NAMESPACE = re.compile(r"(?:inline\s+)?namespace\b\s*([\w:]*)$")
TYPE = re.compile(r"(?:template\s*<.+>\s*)?(?:struct|class|union|enum(?:\s+(?:class|struct))?)\b[^=;]*?"
                  r"\b(\w+)(?:\s+final)?\s*(?::[^:].*)?$", re.DOTALL)
FUNCTION = re.compile(r"(operator\s*(?:\(\s*\)|[^\s\w(]+|[\w\s]+)|\w+)\s*\(", re.DOTALL)
PARAMETER_NAME = re.compile(r"(?<=[\w>*&\s])(?<!::)\b\w+$")


def without_noise(text):
    return NOISE.sub(lambda match: '""' if match.group()[0] in "\"R'" else " ", text)


def close_of(text, start):
    """The index after the parenthesis that closes the one at `start`."""
    depth = 0
    for index in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[index], 0)
        if depth == 0:
            return index + 1
    return len(text)


def parameter_types(text):
    """The parameters without their names and defaults: what tells overloads apart."""
    parts, depth, current = [], 0, ""
    for letter in text:
        depth += {"(": 1, "<": 1, ")": -1, ">": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += letter
    types = []
    for part in [*parts, current]:
        part = " ".join(part.split("=")[0].split())
        name = PARAMETER_NAME.search(part)
        if name and re.sub(r"\b(const|unsigned|signed|struct|class)\b", "", part[:name.start()]).strip():
            part = part[:name.start()]
        types.append(re.sub(r"\s*([<>&*,:])\s*", r"\1", part.strip()))
    return ", ".join(types)


def definition_of(head):
    """What the text before a brace at namespace scope defines, or None."""
    head = " ".join(head.split())
    if re.match(r"template ?< ?>|extern ", head):
        return None  # a specialisation has the primary's name
    head = re.sub(r"\[\[.*?\]\]", " ", head).strip()
    typed = TYPE.match(head)
    if typed and "(" not in head.split(":")[0]:
        return "type " + typed.group(1)
    function = FUNCTION.search(re.sub(r"^template ?<.*?> ?(?=\w)", "", head))
    if not function or re.match(r"static\b", head):
        return None
    before = function.string[:function.start()]
    if before.rstrip().endswith("::") or "=" in before:
        return None  # a member outside its class; a variable
    end = close_of(function.string, function.end() - 1)
    return f"function {function.group(1)}({parameter_types(function.string[function.end():end - 1])})"


def definitions(text):
    """Everything with a body, by its qualified name, that other files can clash with."""
    # A scope is the namespace's name, "" an anonymous one, None any other; EXPRESSION a brace among parentheses.
    scopes, head_start = [], 0
    text = without_noise(text)
    for brace in re.finditer(r"[{};]", text):
        head = text[head_start:brace.start()].strip()
        if brace.group() == "{":
            namespace = NAMESPACE.search(head)
            is_open = all(scope is not None and scope != EXPRESSION for scope in scopes)
            if is_open and head.count("(") != head.count(")"):
                scopes.append(EXPRESSION)
                continue
            if is_open and namespace:
                scopes.append(namespace.group(1))
            else:
                found = definition_of(head) if scopes and is_open and all(scopes) else None
                if found:
                    kind, name = found.split(" ", 1)
                    yield f"{kind} {'::'.join(scopes)}::{name}"
                scopes.append(None)
        elif brace.group() == "}" and scopes and scopes.pop() == EXPRESSION:
            continue
        if not scopes or scopes[-1] is not None:
            head_start = brace.end()


def clash(one, other):
    """Tests of different folders are different programs."""
    is_test = [name.endswith("_test.cc") for name in (one, other)]
    return not all(is_test) or pathlib.Path(one).parent == pathlib.Path(other).parent


def main():
    found = collections.defaultdict(list)
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".h", ".cc"):
                name = str(path.relative_to(ROOT))
                for definition in definitions(path.read_text()):
                    found[definition].append(name)
    wrong = []
    for definition, places in sorted(found.items()):
        if any(clash(places[i], places[k]) for i in range(len(places)) for k in range(i)):
            wrong.append(f"{definition} is defined in {' and in '.join(places)}: name them apart, or make one of them "
                         "local to its file by an anonymous namespace")
    print("\n".join(wrong) or f"one_definition: ok, {len(found)} definitions")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
