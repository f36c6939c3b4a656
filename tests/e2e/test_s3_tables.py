"""Tables whose files are in S3: at a place of their own, or in a warehouse that is in S3 as a whole."""
import json
import os
import subprocess

import pytest

from conftest import ember_binary, run_python
from fault_proxy import FaultProxy
from s3_server import aws_environment, s3_server
from test_s3_faults import ember


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with s3_server(tmp_path_factory.mktemp("s3"), "bucket") as running:
        yield running


@pytest.fixture
def sql(server, tmp_path):
    def run(*texts, warehouse=None, endpoint=None, code=0):
        options = ["--warehouse", warehouse] if warehouse else []
        done = ember("sql", "--format", "json", *options, *texts, folder=tmp_path,
                     environment=aws_environment(endpoint or server.url, tmp_path))
        assert done.returncode == code, done.stderr
        return done.stderr if code else [
            ",".join(str(value) for value in json.loads(line).values()) for line in done.stdout.splitlines()]
    return run


def files(server, prefix):
    return [name for name in server.contents("bucket", prefix) if "part-" in name]


def test_a_table_at_a_place_in_s3(sql, server):
    sql("CREATE TABLE t (id BIGINT, name STRING, day INT) USING parquet PARTITIONED BY (day) "
        "LOCATION 's3://bucket/own/t/'")
    assert sql("SELECT count(*) AS n FROM t") == ["0"]
    assert sql("SHOW PARTITIONS t") == []
    sql("INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 2)")
    assert sql("SELECT * FROM t ORDER BY id") == ["1,a,1", "2,b,2", "3,c,2"]
    assert sql("SHOW PARTITIONS t") == ["day=1", "day=2"]
    sql("INSERT OVERWRITE TABLE t PARTITION (day = 2) VALUES (4, 'd')")
    assert sql("SELECT * FROM t ORDER BY id") == ["1,a,1", "4,d,2"]
    sql("INSERT OVERWRITE TABLE t PARTITION (day = 2) IF NOT EXISTS VALUES (5, 'e')")
    assert sql("SELECT max(id) AS m FROM t") == ["4"]
    sql("INSERT OVERWRITE TABLE t VALUES (6, 'f', 3)")
    assert sql("SELECT * FROM t") == ["6,f,3"]
    assert sql("SHOW PARTITIONS t") == ["day=3"]
    sql("ALTER TABLE t ADD PARTITION (day = 9)")
    assert sql("SHOW PARTITIONS t") == ["day=3", "day=9"]
    sql("ALTER TABLE t ADD IF NOT EXISTS PARTITION (day = 9)", "ALTER TABLE t RENAME TO u")
    assert any("s3://bucket/own/t" in line for line in sql("DESCRIBE EXTENDED u"))
    assert "LOCATION 's3://bucket/own/t'" in "\n".join(sql("SHOW CREATE TABLE u"))
    sql("DROP TABLE u")
    assert len(files(server, "own/t")) == 1  # an external table's files stay
    sql("CREATE TABLE again USING parquet LOCATION 's3a://bucket/own/t'")
    assert sql("SELECT * FROM again") == ["6,f,3"]


def test_create_as_select_and_other_formats(sql, server):
    for format in ("csv", "json", "parquet"):
        sql(f"CREATE TABLE {format}_t USING {format} LOCATION 's3://bucket/formats/{format}' "
            "AS SELECT id, concat('n', id) AS name FROM range(3)")
        assert sql(f"SELECT * FROM {format}_t ORDER BY id") == ["0,n0", "1,n1", "2,n2"]
    assert "TABLE_OR_VIEW_ALREADY_EXISTS" in sql("CREATE TABLE csv_t USING csv LOCATION 's3://bucket/x' AS SELECT 1",
                                                 code=1)
    assert not files(server, "x")


def test_save_as_table(server, tmp_path):
    done = run_python('''
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
spark.range(4).write.option("path", "s3a://bucket/saved/t").saveAsTable("t")
spark.range(4, 6).write.mode("append").saveAsTable("t")
spark.range(6, 7).write.insertInto("t")
print(spark.table("t").count(), spark.read.parquet("s3://bucket/saved/t").count())
print(spark.catalog.tableExists("t"), [table.tableType for table in spark.catalog.listTables()])
spark.range(2).write.mode("overwrite").option("path", "s3a://bucket/saved/t").saveAsTable("t")
print(spark.table("t").count())
spark.catalog.createTable("made", path="s3a://bucket/saved/t", source="parquet")
print(spark.table("made").count())
''', folder=tmp_path, environment=aws_environment(server.url, tmp_path))
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.split("\n")[:4] == ["7 7", "True ['EXTERNAL']", "2", "2"]


def test_a_warehouse_in_s3(sql, server, tmp_path):
    house = "s3://bucket/house/"
    assert sql("SHOW TABLES", warehouse=house) == []
    sql("CREATE TABLE t AS SELECT 1 AS a", "CREATE DATABASE other", "CREATE TABLE other._hidden AS SELECT 3 AS c",
        "CREATE TABLE other.u (a INT, day INT) USING parquet PARTITIONED BY (day)",
        "INSERT INTO other.u VALUES (1, 1), (2, 2)", "CREATE VIEW v AS SELECT a + 1 AS b FROM t", warehouse=house)
    # Another process finds it all.
    assert sql("SELECT * FROM t", "SELECT * FROM v", "SELECT * FROM other.u ORDER BY a", warehouse=house) == \
        ["1", "2", "1,1", "2,2"]
    assert sql("SHOW DATABASES", warehouse=house) == ["default", "other"]
    assert sql("SHOW TABLES IN other", warehouse=house) == ["other,_hidden,False", "other,u,False"]
    assert "s3://bucket/house/other.db" in "\n".join(sql("DESCRIBE DATABASE other", warehouse=house))
    assert files(server, "house/t") and files(server, "house/other.db/u")
    sql("ALTER TABLE other.u DROP PARTITION (day = 1)", warehouse=house)
    assert sql("SELECT * FROM other.u", warehouse=house) == ["2,2"]
    sql("TRUNCATE TABLE other.u", warehouse=house)
    assert sql("SELECT count(*) AS n FROM other.u", "SHOW PARTITIONS other.u", warehouse=house) == \
        ["0", "day=2"]
    assert "SCHEMA_NOT_EMPTY" in sql("DROP DATABASE other", warehouse=house, code=1)
    sql("DROP DATABASE other CASCADE", "DROP VIEW v", "DROP TABLE t", warehouse=house)
    assert sql("SHOW DATABASES", "SHOW TABLES", warehouse=house) == \
        ["default"]
    assert not files(server, "house")
    assert not (tmp_path / "s3:").exists() and not (tmp_path / "spark-warehouse").exists()


def test_what_s3_cannot_do_is_refused(sql):
    house = "s3://bucket/refused"
    sql("CREATE TABLE t (a INT, day INT) USING parquet PARTITIONED BY (day)", "INSERT INTO t VALUES (1, 1)",
        warehouse=house)
    for text in ("ALTER TABLE t RENAME TO u", "ALTER TABLE t PARTITION (day = 1) RENAME TO PARTITION (day = 2)"):
        assert "UNSUPPORTED_FEATURE" in sql(text, warehouse=house, code=1)
    assert sql("SELECT * FROM t", warehouse=house) == ["1,1"]
    assert "a table in hdfs://" in sql("CREATE TABLE x (a INT) USING parquet LOCATION 'hdfs://x/y'", code=1)


def test_a_dropped_table_does_not_come_back(sql, server, tmp_path):
    """A writer is killed right after its decision; the table is dropped, and made anew."""
    house = "s3://bucket/back"
    sql("CREATE TABLE t AS SELECT 1 AS a", warehouse=house)
    with FaultProxy(server) as proxy:
        process = None

        def decide(request):
            if b'"decided"' in request.body:
                return "die_after"
            return None
        proxy.decide, proxy.kill = decide, lambda: process.kill()
        process = subprocess.Popen([ember_binary(), "sql", "--warehouse", house, "INSERT INTO t VALUES (2)"],
                                   cwd=tmp_path, env={**os.environ, **aws_environment(proxy.url, tmp_path)},
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert process.wait(60) == -9
        proxy.wait_until_idle()
    sql("DROP TABLE t", warehouse=house)
    sql("CREATE TABLE t (a INT) USING parquet", warehouse=house)
    assert sql("SELECT count(*) AS n FROM t", warehouse=house) == ["0"]
