"""File names: snake_case, named by a concept; and a report of long files (about 400 lines is the aim)."""
import pathlib
import re
import subprocess
import sys

BANNED = {"util", "utils", "helper", "helpers", "common", "misc", "manager"}
ALLOWED = {"src/functions/functions_misc.cc"}  # misc_funcs is Spark's name of that group
AIM, LIMIT = 400, 800
root = pathlib.Path(__file__).resolve().parents[2]
tracked = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=root, check=True,
                         capture_output=True, text=True).stdout.splitlines()
wrong, long_files = [], []
for name in tracked:
    path = pathlib.Path(name)
    if path.suffix not in (".cc", ".h", ".py", ".sh") or not (root / path).exists():
        continue
    if path.suffix in (".cc", ".h") and not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", path.stem):
        wrong.append(f"{name}: not snake_case")
    if BANNED & set(path.stem.split("_")) and name not in ALLOWED:
        wrong.append(f"{name}: name the concept; not {', '.join(sorted(BANNED))}")
    lines = (root / path).read_text().count("\n")
    if path.suffix in (".cc", ".h") and path.parts[0] in ("src", "include") and lines > AIM:
        long_files.append((lines, name))
        if lines > LIMIT:
            wrong.append(f"{name}: {lines} lines; split it (the limit is {LIMIT}, the aim {AIM})")
for lines, name in sorted(long_files, reverse=True):
    print(f"names: {lines:5} lines  {name}")
print("\n".join(wrong) or "names: ok")
sys.exit(bool(wrong))
