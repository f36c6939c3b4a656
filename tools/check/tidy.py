"""clang-tidy with the checks of .clang-tidy.

usage: tidy.py [--all] [FILE...]

Without arguments the sources that the last commits touched (at most LIMIT), so that it stays quick;
--all is for make soak. Needs build/dev/compile_commands.json. What passed once is not checked again
until the file or a header of ours that it includes changes.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

LIMIT = 24
root = pathlib.Path(__file__).resolve().parents[2]
cache = pathlib.Path(os.environ.get("EMBER_CACHE") or pathlib.Path.home() / ".cache" / "ember") / "tidy"


def recent_sources(known):
    log = subprocess.run(["git", "log", "-40", "--name-only", "--format="], cwd=root, capture_output=True, text=True)
    changed = subprocess.run(["git", "diff", "--name-only", "HEAD"], cwd=root, capture_output=True, text=True)
    ordered = dict.fromkeys(changed.stdout.split() + log.stdout.split())
    return [name for name in ordered if name in known][:LIMIT]


INCLUDE = re.compile(rb'^\s*#\s*include\s+["<]([^">]+)[">]', re.MULTILINE)
contents, includes = {}, {}


def included(path):
    """The headers of ours that a file includes itself; read once."""
    if path not in includes:
        contents[path] = path.read_bytes()
        candidates = [folder / name.decode() for name in INCLUDE.findall(contents[path])
                      for folder in (root / "src", root / "include")]
        includes[path] = [candidate for candidate in candidates if candidate.exists()]
    return includes[path]


def digest_of(name):
    """Of the checks, the file, and every header of ours that it sees."""
    seen, waiting = set(), [root / name]
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting += included(path)
    digest = hashlib.sha256((root / ".clang-tidy").read_bytes())
    for path in sorted(seen):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + contents[path])
    return digest.hexdigest()


def check(name, digest):
    mark = cache / digest
    if mark.exists():
        return name, ""
    # g++'s own flags that clang does not know are left out; so is what libstdc++'s stable_sort calls itself.
    run = subprocess.run(["clang-tidy-19", "-p", "build/dev", "--quiet", "--extra-arg=-Wno-unknown-warning-option",
                          "--extra-arg=-Wno-string-plus-int", "--extra-arg=-Wno-deprecated-declarations", name],
                         cwd=root, capture_output=True, text=True)
    found = "\n".join(line for line in run.stdout.splitlines() if re.search(r"(error|warning):", line))
    if run.returncode == 0:
        mark.touch()
    return name, "" if run.returncode == 0 else found or run.stderr


def main():
    cache.mkdir(parents=True, exist_ok=True)
    commands = json.loads((root / "build/dev/compile_commands.json").read_text())
    known = sorted(str(pathlib.Path(c["file"]).relative_to(root)) for c in commands
                   if pathlib.Path(c["file"]).is_relative_to(root / "src"))
    names = [a for a in sys.argv[1:] if not a.startswith("-")]
    if not names:
        names = known if "--all" in sys.argv else recent_sources(set(known))
    digests = {name: digest_of(name) for name in names}
    wrong = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, found in pool.map(lambda n: check(n, digests[n]), names):
            if found:
                wrong += 1
                print(found)
    print(f"tidy: {len(names)} of {len(known)} sources, {wrong} with findings")
    return wrong != 0


if __name__ == "__main__":
    sys.exit(main())
