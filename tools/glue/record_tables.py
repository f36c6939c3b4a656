"""Records how Spark itself describes its tables to a Hive metastore: tests/glue/spark_tables.json.

    venv-spark-4.0.2/bin/python tools/glue/record_tables.py

Glue is a Hive metastore to Spark on EMR, so a table that Ember puts there has to say the same.
"""
import json
import pathlib
import tempfile

from pyspark.sql import SparkSession

ROOT = pathlib.Path(__file__).resolve().parents[2]
TYPES = ["boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "decimal(12,4)", "string", "char(3)",
         "varchar(9)", "binary", "date", "timestamp", "array<int>", "map<string,double>",
         "struct<a:int,b:array<string>>", "timestamp_ntz", "interval day to second"]
TABLES = {
    "plain": "(ticker STRING, close DOUBLE COMMENT 'in dollars', Volume BIGINT) USING parquet",
    "by_day": "(ticker STRING, close DOUBLE, day DATE, year INT) USING parquet PARTITIONED BY (day, year)",
    "as_csv": "(ticker STRING, close DOUBLE) USING csv OPTIONS (header 'true', sep ';')",
    "as_json": "(ticker STRING, close DOUBLE, day DATE) USING json PARTITIONED BY (day)",
    "commented": "(a INT) USING parquet COMMENT 'daily bars' TBLPROPERTIES ('team' = 'quant')",
    "wide": "(" + ", ".join(f"a_column_with_a_long_name_{i} DECIMAL(10,2)" for i in range(60)) + ") USING parquet",
    **{f"type_{i}": f"(v {text}) USING parquet" for i, text in enumerate(TYPES)},
}


def mapped(scala_map):
    pairs = scala_map.iterator()
    out = {}
    while pairs.hasNext():
        pair = pairs.next()
        out[pair._1()] = pair._2()
    return out


def option(value):
    return str(value.get()) if value.isDefined() else None


def raw(spark, name):
    catalog = spark._jsparkSession.sharedState().externalCatalog().unwrapped()
    table = catalog.getRawTable("stocks", name)
    columns = []
    for field in table.schema().fields():
        columns.append([field.name(), field.dataType().catalogString(), option(field.getComment())])
    storage = table.storage()
    properties = mapped(table.properties())
    for key in list(properties):
        if key in ("transient_lastDdlTime",) or key.startswith("totalSize") or key.startswith("num"):
            del properties[key]
    parts = table.partitionColumnNames()
    return {"ddl": TABLES[name], "columns": columns, "partition_columns": [parts.apply(i) for i in range(parts.size())],
            "location": option(storage.locationUri()), "input_format": option(storage.inputFormat()),
            "output_format": option(storage.outputFormat()), "serde": option(storage.serde()),
            "serde_parameters": mapped(storage.properties()), "parameters": properties,
            "type": table.tableType().name(), "comment": option(table.comment())}


def main():
    with tempfile.TemporaryDirectory() as folder:
        spark = (SparkSession.builder.master("local[1]").enableHiveSupport()
                 .config("spark.sql.warehouse.dir", folder + "/warehouse").config("spark.ui.enabled", "false")
                 .config("spark.hadoop.javax.jdo.option.ConnectionURL",
                         f"jdbc:derby:;databaseName={folder}/db;create=true")
                 .getOrCreate())
        spark.sql("CREATE DATABASE stocks")
        tables = {}
        for name, ddl in TABLES.items():
            before, using, after = ddl.partition(" USING ")
            format_name, _, rest = after.partition(" ")
            spark.sql(f"CREATE TABLE stocks.{name} {before} USING {format_name} {rest} LOCATION '{folder}/x/{name}'")
            text = json.dumps(raw(spark, name)).replace(folder, "/folder")
            tables[name] = json.loads(text)
        spark.sql("INSERT INTO stocks.by_day VALUES ('A', 1.0, DATE'2024-01-02', 2024), ('B', 1.0, NULL, 2025)")
        catalog = spark._jsparkSession.sharedState().externalCatalog().unwrapped()
        listed = catalog.listPartitions("stocks", "by_day", spark._jvm.scala.Option.empty())
        partitions = []
        for i in range(listed.size()):
            partition = listed.apply(i)
            storage = partition.storage()
            partitions.append({"values": mapped(partition.spec()), "location": option(storage.locationUri()),
                               "input_format": option(storage.inputFormat()), "serde": option(storage.serde()),
                               "serde_parameters": mapped(storage.properties())})
        out = {"spark": spark.version, "tables": tables,
               "partitions": json.loads(json.dumps(partitions).replace(folder, "/folder"))}
        (ROOT / "tests/glue/spark_tables.json").write_text(json.dumps(out, indent=1, sort_keys=True) + "\n")
        spark.stop()


if __name__ == "__main__":
    main()
