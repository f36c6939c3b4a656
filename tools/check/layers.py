"""Holds layers.txt: which room includes which, and who may include a third-party header."""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parents[2]
rows = re.findall(r"^(@?)([^\s:#]+):(.*)$", (root / "layers.txt").read_text(), re.MULTILINE)
rooms = {name: set(may.split()) | {name} for owned, name, may in rows if not owned}
owners = {name: set(may.split()) for owned, name, may in rows if owned}
wrong = [f"src/{folder.name}: not in layers.txt" for folder in (root / "src").iterdir() if folder.name not in rooms]
for file in sorted(root.glob("src/**/*.h")) + sorted(root.glob("src/**/*.cc")):
    room = file.relative_to(root / "src").parts[0]
    for line, text in enumerate(file.read_text().splitlines(), 1):
        included = re.match(r'\s*#\s*include\s*[<"]([^>"]+)', text)
        owner = next((o for prefix, o in owners.items() if included and included[1].startswith(prefix)), None)
        target = included and included[1].split("/")[0]
        seen = rooms.get(room, set())
        if owner is not None and room not in owner or (
                owner is None and target in rooms and "/" in included[1] and target not in seen and "*" not in seen):
            wrong.append(f"{file.relative_to(root)}:{line}: {room} may not include {included[1]} (layers.txt)")
print("\n".join(wrong) or "layers: ok")
sys.exit(bool(wrong))
