"""Settings, caching, interruption, dropped streams, concurrency, writes: what lives in a session."""
import shutil
import threading
import time

import grpc
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql import functions as F

from conftest import IS_SPARK_35, close, condition_of, connect, retry_once, serving, to_arrow


def test_settings(spark):
    assert spark.conf.get("spark.sql.session.timeZone")
    spark.conf.set("spark.sql.session.timeZone", "America/New_York")
    row = spark.sql("SELECT CAST(TIMESTAMP '2020-01-01 00:00:00Z' AS STRING) AS t").first()
    assert row.t == "2019-12-31 19:00:00"
    spark.conf.unset("spark.sql.session.timeZone")
    assert spark.conf.isModifiable("spark.sql.session.timeZone")
    assert not spark.conf.isModifiable("spark.executor.memory")
    if not IS_SPARK_35:  # it has no getAll
        assert "spark.sql.session.timeZone" in spark.conf.getAll


def test_sessions_do_not_share_settings_and_views(address, spark):
    other = connect(address)
    try:
        spark.conf.set("spark.sql.shuffle.partitions", "3")
        spark.range(1).createOrReplaceTempView("mine")
        assert other.conf.get("spark.sql.shuffle.partitions") != "3"
        assert not other.catalog.tableExists("mine")
        assert spark.catalog.tableExists("mine")
    finally:
        close(other)


def test_cache_keeps(spark, tmp_path):
    path = str(tmp_path / "data")
    spark.range(5).write.parquet(path)
    frame = spark.read.parquet(path).cache()
    assert frame.is_cached and frame.storageLevel.useMemory
    assert frame.count() == 5
    for file in (tmp_path / "data").glob("part-*"):
        pq.write_table(pa.table({"id": [1, 2]}), file)
    assert frame.count() == 5
    frame.unpersist()
    assert not frame.is_cached
    assert frame.count() != 5


def test_a_persisted_frame_needs_its_files_no_more(spark, tmp_path):
    """As real Spark answers (tests/live, cached_without_files): the frame is not analysed again, a new reader is."""
    path = tmp_path / "data"
    spark.range(5).withColumn("v", F.col("id") * 2).write.parquet(str(path))
    frame = spark.read.parquet(str(path)).cache()
    assert frame.count() == 5
    shutil.rmtree(path)
    assert frame.count() == 5
    assert frame.columns == ["id", "v"]
    assert frame.filter(frame.v > 4).join(frame.select("id"), "id").count() == 2
    with pytest.raises(AnalysisException) as failure:
        spark.read.parquet(str(path)).count()
    assert condition_of(failure.value) == "PATH_NOT_FOUND"
    frame.unpersist()
    with pytest.raises(PySparkException):
        frame.count()


def test_a_persisted_frame_sees_what_is_written_to_its_files(spark, tmp_path):
    path = str(tmp_path / "data")
    spark.range(5).withColumn("v", F.col("id") * 2).write.parquet(path)
    frame = spark.read.parquet(path).cache()
    assert frame.count() == 5
    spark.range(3).select(F.col("id").alias("other")).write.mode("overwrite").parquet(path)
    assert frame.count() == 3
    assert frame.columns == ["id", "v"] and frame.first() == (None, None)
    assert spark.read.parquet(path).columns == ["other"]


def test_a_replaced_view_is_no_longer_cached(spark):
    spark.range(5).createOrReplaceTempView("kept")
    spark.catalog.cacheTable("kept")
    assert spark.table("kept").count() == 5
    spark.range(2).createOrReplaceTempView("kept")
    assert spark.table("kept").count() == 2


def test_an_interrupt_ends_a_query(spark):
    failures = []

    def run():
        spark.addTag("long")
        try:
            spark.range(100_000_000_000).select(F.sum(F.sqrt("id"))).collect()
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    deadline = time.monotonic() + 30
    interrupted = []
    while not interrupted and time.monotonic() < deadline:
        time.sleep(0.1)
        interrupted = spark.interruptTag("long")
    thread.join(30)
    assert not thread.is_alive()
    assert interrupted
    assert "OPERATION_CANCELED" in str(failures[0])
    assert spark.range(2).count() == 2


def test_a_dropped_stream_is_reattached(spark, monkeypatch):
    """Each stream breaks after its second response; the client must get every row once."""
    broken = []

    class Unavailable(grpc.RpcError):
        def code(self):
            return grpc.StatusCode.UNAVAILABLE

        def details(self):
            return "the connection was dropped"

        def trailing_metadata(self):
            return ()

    def breaking(call):
        def started(*args, **kwargs):
            stream = call(*args, **kwargs)

            def responses():
                for index, response in enumerate(stream):
                    yield response
                    if index == 1 and len(broken) < 3:
                        broken.append(1)
                        stream.cancel()
                        raise Unavailable()

            return responses()

        return started

    for name in ("ExecutePlan", "ReattachExecute"):
        monkeypatch.setattr(spark.client._stub, name, breaking(getattr(spark.client._stub, name)))
    table = to_arrow(spark.range(200_000))
    assert table["id"].to_pylist() == list(range(200_000))
    assert len(broken) == 3


def test_eight_threads_at_once(address):
    def work(number, results):
        session = connect(address)
        sessions.append(session)
        for round_ in range(5):
            frame = session.range(1000 * (number + 1)).filter(F.col("id") % 2 == 0)
            results.append(frame.count() == 500 * (number + 1) and round_ >= 0)

    results, sessions = [], []
    threads = [threading.Thread(target=work, args=(i, results)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    # At the end: a session of 3.5 that closes ends the threads by which the others release their results.
    for session in sessions:
        close(session)
    assert results == [True] * 40


@pytest.mark.parametrize("kind", ["parquet", "csv", "json"])
def test_write_modes(spark, tmp_path, kind):
    target = str(tmp_path / "out")
    frame = spark.range(3).select("id", F.col("id").cast("string").alias("name"))

    def rows():
        reader = spark.read.schema("id bigint, name string").format(kind)
        return sorted(tuple(r) for r in reader.load(target).collect())

    frame.write.format(kind).save(target)
    three = [(0, "0"), (1, "1"), (2, "2")]
    assert rows() == three
    frame.write.format(kind).mode("append").save(target)
    assert rows() == sorted(three * 2)
    frame.write.format(kind).mode("ignore").save(target)
    assert len(rows()) == 6
    frame.limit(1).write.format(kind).mode("overwrite").save(target)
    assert rows() == [(0, "0")]


def test_partitions_and_tables(spark, tmp_path):
    target = tmp_path / "years"
    frame = spark.createDataFrame([(1, 2017, "a"), (2, 2018, "b"), (3, 2018, None)], "v int, year int, t string")
    frame.write.partitionBy("year").parquet(str(target))
    assert sorted(p.name for p in target.iterdir() if p.is_dir()) == ["year=2017", "year=2018"]
    back = spark.read.parquet(str(target))
    assert back.columns == ["v", "t", "year"]
    assert back.filter("year = 2018").count() == 2
    frame.write.mode("overwrite").saveAsTable("e2e_prices")
    assert spark.table("e2e_prices").count() == 3
    assert "e2e_prices" in [t.name for t in spark.catalog.listTables()]
    spark.sql("DROP TABLE e2e_prices")
    assert not spark.catalog.tableExists("e2e_prices")


def test_files_follow_repartition(spark, tmp_path):
    target = tmp_path / "three"
    spark.range(100).repartition(3).write.parquet(str(target))
    assert len(list(target.glob("part-*"))) == 3
    spark.range(100).coalesce(1).write.parquet(str(tmp_path / "one"))
    assert len(list((tmp_path / "one").glob("part-*"))) == 1


if not IS_SPARK_35:  # its client has no checkpoints
    def test_checkpoints_keep_their_rows(spark):
        frame = spark.range(4).localCheckpoint()
        assert frame.count() == 4


def test_a_stopped_server_is_noticed(tmp_path):
    with serving(tmp_path) as (process, address):
        session = connect(address)
        # The client releases what it has read in a thread of its own, and would retry for minutes.
        retry_once(session)
        assert session.range(1).count() == 1
        session.release_session_on_close = False
        process.terminate()
        assert process.wait(10) == 0
        session.client.close()
