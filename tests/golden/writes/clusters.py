"""clusterBy: what Spark's own formats make of it."""


def prices(spark):
    rows = [("IBM", "2024-01-03", 160.5), ("AAPL", "2024-01-02", 185.64), ("MSFT", "2024-01-02", 370.87),
            ("AAPL", "2024-01-03", 184.25)]
    return spark.createDataFrame(rows, "ticker STRING, date STRING, close DOUBLE").coalesce(1)


def case_files(spark, F, out):
    prices(spark).write.clusterBy("ticker").csv(out)


def case_two_columns(spark, F, out):
    prices(spark).write.clusterBy("date", "ticker").json(out)


def case_no_such_column(spark, F, out):
    prices(spark).write.clusterBy("nothing").csv(out)


def case_appended(spark, F, out):
    prices(spark).write.csv(out)
    prices(spark).write.clusterBy("date").mode("append").csv(out)
    return spark.read.schema("ticker STRING, date STRING, close DOUBLE").csv(out)


def case_with_partitions(spark, F, out):
    prices(spark).write.clusterBy("ticker").partitionBy("date").csv(out)


def case_with_buckets(spark, F, out):
    prices(spark).write.clusterBy("ticker").bucketBy(2, "date").csv(out)


def case_with_partitions_and_buckets(spark, F, out):
    prices(spark).write.clusterBy("ticker").partitionBy("date").bucketBy(2, "date").csv(out)


def case_sorted(spark, F, out):
    prices(spark).write.clusterBy("ticker").sortBy("date").csv(out)
