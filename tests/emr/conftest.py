"""`ember emr` as a program; EMBER_BIN names it."""
import json
import os
import pathlib
import subprocess

import pytest
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples/emr").glob("*.yaml"))


def ember(*arguments, exit_code=0, **options):
    """What `ember emr ARGUMENTS` prints."""
    binary = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
    done = subprocess.run([binary, "emr", *map(str, arguments)], capture_output=True, text=True, cwd=ROOT, **options)
    assert done.returncode == exit_code, done.stdout + done.stderr
    return done.stdout


def findings_of(files, *arguments):
    """The findings of each file, in the order of the files; the exit code is left to other tests."""
    binary = os.environ.get("EMBER_BIN") or str(ROOT / "build/dev/bin/ember")
    done = subprocess.run([binary, "emr", "validate", "--json", *arguments, *map(str, files)], capture_output=True,
                          text=True, cwd=ROOT)
    assert done.returncode in (0, 2), done.stderr
    return [entry["findings"] for entry in json.loads(done.stdout)]


def merged(base, patch):
    """`base` with `patch` laid over it: maps merge, null removes."""
    out = dict(base)
    for key, value in patch.items():
        if value is None:
            out.pop(key, None)
        elif isinstance(value, dict) and isinstance(out.get(key), dict):
            out[key] = merged(out[key], value)
        else:
            out[key] = value
    return out


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def example(request):
    return request.param


@pytest.fixture(scope="session")
def rule_cases():
    return yaml.safe_load((pathlib.Path(__file__).parent / "rules.yaml").read_text())
