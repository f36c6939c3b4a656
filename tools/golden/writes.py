"""Runs a case that writes files: what Spark leaves in the folder is the answer."""

import pathlib
import re
import shutil
import tempfile

import pyarrow.parquet
from pyspark.errors import PySparkException

OUT_MARK = "{out}"
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SPARK_SCHEMA = b"org.apache.spark.sql.parquet.row.metadata"


class WriteRun:
    """One run of a case function `build(spark, F, out)` in a folder of its own. `commands` are the
    protobuf commands that it sent."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="ember-golden-")
        self.out = self.folder + "/out"
        self.commands = []

    def call(self, spark, functions, build):
        """The DataFrame that the case reads back, or None. PySpark's exceptions pass through."""
        client = spark.client
        execute = client.execute_command

        def keep_and_execute(command, *args, **kwargs):
            if command.HasField("write_operation"):
                self.commands.append(command)
            return execute(command, *args, **kwargs)

        client.execute_command = keep_and_execute
        try:
            return build(spark, functions, self.out)
        finally:
            client.execute_command = execute

    def files(self):
        root = pathlib.Path(self.out)
        found = [path for path in root.rglob("*") if path.is_file() and path.suffix != ".crc"]
        return sorted((describe(path, root) for path in found), key=lambda entry: str(entry))

    def without_folder(self, value):
        """Text without what differs from run to run."""
        return UUID.sub("UUID", value.replace(self.out, OUT_MARK))

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def describe(path, root):
    """A written file: its path with the uuid taken out, and what is in it."""
    entry = {"path": UUID.sub("UUID", str(path.relative_to(root)))}
    if path.suffix == ".parquet":
        metadata = pyarrow.parquet.read_metadata(path)
        entry["rowMetadata"] = metadata.metadata[SPARK_SCHEMA].decode()
        entry["columns"] = [f"{column.path} {column.physical_type} {column.logical_type}"
                            for column in map(metadata.schema.column, range(metadata.num_columns))]
        entry["rowCount"] = metadata.num_rows
        if metadata.num_row_groups:
            entry["codec"] = metadata.row_group(0).column(0).compression
    elif path.suffix in (".csv", ".json", ".txt"):
        entry["text"] = path.read_text("utf-8")
    return entry


def answer_of_write(spark, functions, build, answer, plans_of_case):
    """{"files", "schema" and "rows" when the case reads back} or {"error", "files"}.
    `answer(build_plan)` runs a query; the commands and the reading plan go to plans_of_case."""
    run = WriteRun()
    try:
        result = {}
        try:
            df = run.call(spark, functions, build)
            if df is not None:
                plan = df._plan.to_proto(spark.client)
                result = answer(lambda: plan)
                plans_of_case.append(plan)
        except PySparkException as exception:
            def fail():
                raise exception
            result = answer(fail)
        plans_of_case[:0] = run.commands
        result["files"] = run.files()
        return result, run.without_folder
    finally:
        run.close()
