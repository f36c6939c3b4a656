"""The compiled protocol (4.2.0) still reads what older clients and servers (4.0.2) write.

Every field of the older descriptors must be there with the same number, name, type and label; every
enum value with the same number. Run with a Python that has protobuf (venv-client-4.2.0).
"""
import os
import pathlib
import sys

from google.protobuf import descriptor_pb2

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "setup"))
from descriptors import serialized_file  # noqa: E402

CACHE = pathlib.Path(os.environ.get("EMBER_CACHE") or pathlib.Path.home() / ".cache" / "ember")


def symbols(version):
    """Every field and enum value by full name, with what must not change."""
    found = {}

    def message(prefix, descriptor):
        name = f"{prefix}.{descriptor.name}"
        for field in descriptor.field:
            found[f"{name}.{field.name}"] = (field.number, field.type, field.label, field.type_name)
        for nested in descriptor.nested_type:
            message(name, nested)
        for nested in descriptor.enum_type:
            enum(name, nested)

    def enum(prefix, descriptor):
        for value in descriptor.value:
            found[f"{prefix}.{descriptor.name}.{value.name}"] = (value.number,)

    folder = CACHE / "parts" / f"pyspark-client-{version}" / "pyspark/sql/connect/proto"
    for path in sorted(folder.glob("*_pb2.py")):
        file = descriptor_pb2.FileDescriptorProto.FromString(serialized_file(path))
        for descriptor in file.message_type:
            message(file.package, descriptor)
        for descriptor in file.enum_type:
            enum(file.package, descriptor)
        for service in file.service:
            for method in service.method:
                found[f"{service.name}.{method.name}"] = (method.input_type, method.output_type,
                                                          method.client_streaming, method.server_streaming)
    return found


def main():
    older, newer = symbols("4.0.2"), symbols("4.2.0")
    # The pipelines service was still moving between the two; Ember does not serve it.
    wrong = [f"{name}: {older[name]} in 4.0.2, {newer.get(name, 'gone')} in 4.2.0" for name in sorted(older)
             if newer.get(name) != older[name] and ".Pipeline" not in name]
    print("\n".join(wrong) or f"protocol: {len(older)} names of 4.0.2 are the same in 4.2.0 ({len(newer)} names)")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
