"""Makes one FileDescriptorSet of the Spark Connect protocol from the PySpark client package.

usage: descriptors.py OUTPUT MODULE_pb2.py...

The package carries each .proto file as a serialized FileDescriptorProto, the argument of
AddSerializedFile in its *_pb2.py. They are read with Python's ast, so nothing of the package is run and
no protobuf module is needed. protoc puts its own google/protobuf files in front.
"""
import ast
import pathlib
import subprocess
import sys
import tempfile


def serialized_file(path):
    """The bytes given to AddSerializedFile in a generated module."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "AddSerializedFile":
            return ast.literal_eval(node.args[0])
    raise SystemExit(f"descriptors: {path} has no AddSerializedFile call")


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def name_and_imports(data):
    """Fields 1 (name) and 3 (dependency) of a FileDescriptorProto."""
    name, imports, at = "", [], 0
    while at < len(data):
        key, at = varint(data, at)
        length, at = varint(data, at)
        if key & 7 == 2:
            if key >> 3 == 1:
                name = data[at:at + length].decode()
            elif key >> 3 == 3:
                imports.append(data[at:at + length].decode())
            at += length
    return name, imports


def encoded(data):
    """One element of FileDescriptorSet.file (field 1)."""
    out, size = bytearray([0x0A]), len(data)
    while size >= 0x80:
        out.append(size & 0x7F | 0x80)
        size >>= 7
    out.append(size)
    return bytes(out) + data


def google_files(names):
    with tempfile.NamedTemporaryFile() as out:
        subprocess.run(["protoc", "-I/usr/include", f"--descriptor_set_out={out.name}", "--include_imports",
                        *sorted(names)], check=True)
        return pathlib.Path(out.name).read_bytes()


def main():
    files = {}
    for path in sys.argv[2:]:
        data = serialized_file(pathlib.Path(path))
        name, imports = name_and_imports(data)
        files[name] = (data, imports)
    google = {name for _, imports in files.values() for name in imports if name not in files}
    ordered, seen = [], set(google)

    def visit(name):
        if name not in seen:
            seen.add(name)
            for needed in files[name][1]:
                visit(needed)
            ordered.append(name)

    for name in sorted(files):
        visit(name)
    content = google_files(google) + b"".join(encoded(files[name][0]) for name in ordered)
    pathlib.Path(sys.argv[1]).write_bytes(content)


if __name__ == "__main__":
    main()
