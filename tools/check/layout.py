"""clang-format over all C++ code: `layout.py` reports what differs, `layout.py --fix` writes it."""
import pathlib
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[2]
files = sorted(str(f.relative_to(root)) for folder in ("src", "include", "tools", "tests", "examples", "bench")
               for suffix in ("h", "cc") for f in (root / folder).glob(f"**/*.{suffix}"))
mode = ["-i"] if "--fix" in sys.argv else ["--dry-run", "-Werror", "--ferror-limit=1"]
wrong = 0
for at in range(0, len(files), 20):
    run = subprocess.run(["clang-format-19", *mode, *files[at:at + 20]], cwd=root, capture_output=True, text=True)
    wrong += run.returncode != 0
    for line in run.stderr.splitlines():
        if "error:" in line:
            print(line.replace("code should be clang-formatted", "run make format"))
print("layout: ok" if not wrong else "layout: run make format")
sys.exit(bool(wrong))
