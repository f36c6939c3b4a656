"""Tables of Glue as Ember's local engine reads them."""
import json

from conftest import CACHE
from test_outputs import ROWS, TABLE, days_of

GLUE = "SET spark.ember.catalog.glue=true"


def sql(aws, *texts, code=0):
    said = aws.ember("sql", "--format", "json", GLUE, *texts, code=code)
    if code:
        return said
    return [",".join(str(value) for value in json.loads(line).values()) for line in said.splitlines()
            if "spark.ember.catalog.glue" not in line]


def test_a_table_that_a_pipeline_made(aws):
    aws.run(aws.pipeline(ROWS, TABLE))
    rows = ["A,1.5,2024-01-02", "A,1.75,2024-01-03", "B,2.5,2024-01-02"]
    assert sql(aws, "SELECT * FROM stocks.prices ORDER BY ticker, day") == rows
    assert sql(aws, "SELECT count(*) AS n FROM STOCKS.Prices WHERE day = DATE'2024-01-02'") == ["2"]
    assert sql(aws, "SHOW DATABASES") == ["default", "stocks"]
    assert sql(aws, "SHOW TABLES IN stocks") == ["stocks,prices,False"]
    assert sql(aws, "SHOW PARTITIONS stocks.prices") == ["day=2024-01-02", "day=2024-01-03"]
    assert sql(aws, "USE stocks", "SELECT max(close) AS m FROM prices") == ["2.5"]
    assert sql(aws, "CREATE TEMPORARY VIEW prices AS SELECT 7 AS n", "USE stocks", "SELECT * FROM prices") == ["7"]
    assert "TABLE_OR_VIEW_NOT_FOUND" in sql(aws, "SELECT * FROM stocks.none", code=1)
    # Without the setting the warehouse is all there is.
    assert "TABLE_OR_VIEW_NOT_FOUND" in aws.ember("sql", "SELECT * FROM stocks.prices", code=1)


def test_only_listed_partitions_are_read(aws):
    aws.run(aws.pipeline(ROWS, TABLE))
    aws.client("glue").delete_partition(DatabaseName="stocks", TableName="prices", PartitionValues=["2024-01-02"])
    assert sql(aws, "SELECT * FROM stocks.prices") == ["A,1.75,2024-01-03"]
    aws.client("glue").delete_partition(DatabaseName="stocks", TableName="prices", PartitionValues=["2024-01-03"])
    assert sql(aws, "SELECT count(*) AS n FROM stocks.prices") == ["0"]
    storage = aws.client("glue").get_table(DatabaseName="stocks", Name="prices")["Table"]["StorageDescriptor"]
    aws.client("glue").create_partition(DatabaseName="stocks", TableName="prices", PartitionInput={
        "Values": ["2024-01-09"], "StorageDescriptor": {**storage, "Location": "s3://bucket/elsewhere"}})
    assert sql(aws, "SELECT count(*) AS n FROM stocks.prices") == ["0"]  # nothing is there: no rows


def test_partitions_are_read_where_they_lie(aws):
    """With the values that the catalog says: day=2024-01-02 of the folders is 2030-05-06 there."""
    aws.run(aws.pipeline(ROWS, TABLE))
    glue = aws.client("glue")
    storage = glue.get_table(DatabaseName="stocks", Name="prices")["Table"]["StorageDescriptor"]
    glue.delete_partition(DatabaseName="stocks", TableName="prices", PartitionValues=["2024-01-02"])
    for day in ("2030-05-06", "__HIVE_DEFAULT_PARTITION__"):
        glue.create_partition(DatabaseName="stocks", TableName="prices", PartitionInput={"Values": [day], "StorageDescriptor": {
            **storage, "Location": "s3://bucket/out/prices/day=2024-01-02"}})
    assert sql(aws, "SELECT ticker, day FROM stocks.prices ORDER BY day NULLS LAST, ticker") == [
        "A,2024-01-03", "A,2030-05-06", "B,2030-05-06", "A,None", "B,None"]
    assert sql(aws, "SELECT prices.ticker FROM stocks.prices WHERE day > '2030-01-01' AND close > 2") == ["B"]
    assert sql(aws, "SHOW PARTITIONS stocks.prices") == [
        "day=2024-01-03", "day=2030-05-06", "day=__HIVE_DEFAULT_PARTITION__"]


def test_projected_tables_are_read_by_their_folders(aws):
    catalog = {"glue": "stocks.prices", "partitions": "projection"}
    aws.run(aws.pipeline(ROWS, {**TABLE, "catalog": catalog}))
    assert days_of(aws) == {}
    assert sql(aws, "SELECT count(*) AS n FROM stocks.prices WHERE day = DATE'2024-01-02'") == ["2"]


def test_other_formats_are_read_by_their_options(aws):
    for format, options in (("csv", {"header": "true", "sep": ";"}), ("json", {})):
        output = {"path": f"s3://bucket/out/{format}", "format": format, "options": options,
                  "catalog": {"glue": f"stocks.as_{format}"}}
        aws.run(aws.pipeline(ROWS, output))
        assert sql(aws, f"SELECT day, ticker, close FROM stocks.as_{format} ORDER BY close LIMIT 1") == ["2024-01-02,A,1.5"]


def test_the_catalog_is_not_written_by_sql(aws):
    aws.run(aws.pipeline(ROWS, TABLE))
    aws.calls()
    for text in ("CREATE TABLE stocks.t (a INT)", "INSERT INTO stocks.prices VALUES ('A', 1.0, DATE'2024-01-02')",
                 "DROP TABLE stocks.prices", "CREATE DATABASE other", "DROP DATABASE stocks",
                 "ALTER TABLE stocks.prices DROP PARTITION (day = '2024-01-02')", "CREATE TABLE stocks.u AS SELECT 1 AS a"):
        said = sql(aws, text, code=1)
        assert "UNSUPPORTED_FEATURE.EMBER" in said and "the Glue Data Catalog" in said, text
    assert not [call for call in aws.calls() if not call.startswith("Get")]
    assert sql(aws, "SELECT count(*) AS n FROM stocks.prices") == ["3"]


def test_what_others_made(aws):
    aws.run(aws.pipeline(ROWS, TABLE))
    glue = aws.client("glue")
    parquet = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
    column = [{"Name": "ticker", "Type": "string"}]
    glue.create_table(DatabaseName="stocks", TableInput={
        "Name": "by_crawler", "PartitionKeys": [{"Name": "day", "Type": "date"}], "StorageDescriptor": {
            "Columns": column, "Location": "s3://bucket/out/prices/", "SerdeInfo": {"SerializationLibrary": parquet}}})
    glue.create_partition(DatabaseName="stocks", TableName="by_crawler", PartitionInput={
        "Values": ["2024-01-03"], "StorageDescriptor": {"Location": "s3://bucket/out/prices/day=2024-01-03/"}})
    assert sql(aws, "SELECT * FROM stocks.by_crawler") == ["A,2024-01-03"]
    glue.create_table(DatabaseName="stocks", TableInput={
        "Name": "ice", "Parameters": {"table_type": "ICEBERG"}, "StorageDescriptor": {"Columns": column}})
    glue.create_table(DatabaseName="stocks", TableInput={
        "Name": "v", "TableType": "VIRTUAL_VIEW", "StorageDescriptor": {"Columns": column}})
    assert "a table of Glue of the kind ICEBERG" in sql(aws, "SELECT * FROM stocks.ice", code=1)
    assert "a view of Glue" in sql(aws, "SELECT * FROM stocks.v", code=1)
    assert [row.split(",")[1] for row in sql(aws, "SHOW TABLES IN stocks")] == ["by_crawler", "ice", "prices", "v"]


def test_the_catalog_of_pyspark_and_pipelines(aws):
    aws.run(aws.pipeline(ROWS, TABLE))
    (aws.folder / "list.py").write_text("""
from pyspark.sql import SparkSession
spark = SparkSession.builder.config("spark.ember.catalog.glue", "true").getOrCreate()
print([table.name for table in spark.catalog.listTables("stocks")], spark.catalog.databaseExists("stocks"))
print(spark.table("stocks.prices").groupBy().count().collect()[0][0])
print([(c.name, c.isPartition) for c in spark.catalog.listColumns("stocks.prices")])
print(spark.catalog.getDatabase("stocks").locationUri)
""")
    python = CACHE / "venv-client-4.0.2" / "bin" / "python"
    assert aws.ember("python", "--python", python, "list.py").splitlines() == [
        "['prices'] True", "3", "[('ticker', False), ('close', False), ('day', True)]", "s3://bucket/out/"]
    summed = {"path": "out", "from": "total"}
    steps = {"steps": {"total": {"do": [{"sql": "SELECT sum(close) AS s FROM stocks.prices"}]}},
             "spark": {"spark.ember.catalog.glue": "true"}}
    pipeline = aws.pipeline(ROWS, summed, steps)
    assert aws.run(pipeline)[0]["rows"] == 1
