"""What is malformed depends on what is read: Spark converts, and counts, no field that nobody reads (ColumnPruning)."""

FIELDS = "t STRING, p DOUBLE, v INT"


def csv(spark, mode, fields=FIELDS, **options):
    reader = spark.read.schema(fields).options(header=True, mode=mode, **options)
    return reader.csv("{data}/csv_malformed_fields.csv")


def json(spark, mode, fields=FIELDS):
    return spark.read.schema(fields).options(mode=mode).json("{data}/json_malformed_fields.json")


def kept(read, spark):
    return read(spark, "PERMISSIVE", FIELDS + ", _corrupt_record STRING")


def case_csv_dropmalformed_groups(spark, F):
    d = csv(spark, "DROPMALFORMED")
    return d.groupBy("t").count()


def case_csv_dropmalformed_count(spark, F):
    d = csv(spark, "DROPMALFORMED")
    return d.agg(F.count(F.lit(1)))


def case_csv_dropmalformed_price(spark, F):
    d = csv(spark, "DROPMALFORMED")
    return d.select("p")


def case_csv_dropmalformed_condition(spark, F):
    d = csv(spark, "DROPMALFORMED")
    return d.filter("p > 1").select("t")


def case_csv_dropmalformed_two_columns(spark, F):
    d = csv(spark, "DROPMALFORMED")
    return d.select("t", "v")


def case_csv_dropmalformed_union(spark, F):
    d = csv(spark, "DROPMALFORMED")
    return d.select("v").union(d.select("p"))


def case_csv_dropmalformed_unread_column(spark, F):
    d = csv(spark, "DROPMALFORMED")
    return d.withColumn("x", F.col("p") * 2).select("t")


def case_csv_dropmalformed_sorted(spark, F):
    d = csv(spark, "DROPMALFORMED")
    return d.orderBy("v").select("t")


def case_csv_dropmalformed_distinct(spark, F):
    d = csv(spark, "DROPMALFORMED")
    return d.distinct().select("t")


def case_csv_dropmalformed_unread_sum(spark, F):
    d = csv(spark, "DROPMALFORMED")
    return d.groupBy("t").agg(F.max("p"), F.sum("v").alias("s")).select("t", "s")


def case_csv_dropmalformed_self_join(spark, F):
    d = csv(spark, "DROPMALFORMED")
    return d.join(d.select("t").distinct(), "t").select("v")


def case_csv_dropmalformed_unpivoted(spark, F):
    d = csv(spark, "DROPMALFORMED")
    return d.unpivot(["t"], ["p", "v"], "k", "x").select("t", "k")


def case_csv_failfast_groups(spark, F):
    d = csv(spark, "FAILFAST")
    return d.groupBy("t").count()


def case_csv_failfast_count(spark, F):
    d = csv(spark, "FAILFAST")
    return d.agg(F.count(F.lit(1)))


def case_csv_failfast_price(spark, F):
    d = csv(spark, "FAILFAST")
    return d.select("p")


def case_csv_failfast_condition(spark, F):
    d = csv(spark, "FAILFAST")
    return d.filter("p > 1").select("t")


def case_csv_failfast_two_columns(spark, F):
    d = csv(spark, "FAILFAST")
    return d.select("t", "v")


def case_csv_failfast_unread_column(spark, F):
    d = csv(spark, "FAILFAST")
    return d.withColumn("x", F.col("p") * 2).select("t")


def case_csv_failfast_unread_sum(spark, F):
    d = csv(spark, "FAILFAST")
    return d.groupBy("t").agg(F.max("p"), F.sum("v").alias("s")).select("t", "s")


def case_csv_kept_alone(spark, F):
    d = kept(csv, spark)
    return d.select("_corrupt_record")


def case_csv_kept_with_text(spark, F):
    d = kept(csv, spark)
    return d.select("t", "_corrupt_record")


def case_csv_kept_with_price(spark, F):
    d = kept(csv, spark)
    return d.select("p", "_corrupt_record")


def case_csv_kept_good_sum(spark, F):
    d = kept(csv, spark)
    return d.filter("_corrupt_record IS NULL").agg(F.sum("v"))


def case_csv_kept_bad_tickers(spark, F):
    d = kept(csv, spark)
    return d.filter("_corrupt_record IS NOT NULL").select("t")


def case_csv_kept_whole(spark, F):
    d = kept(csv, spark)
    return d


def case_json_dropmalformed_groups(spark, F):
    d = json(spark, "DROPMALFORMED")
    return d.groupBy("t").count()


def case_json_dropmalformed_count(spark, F):
    d = json(spark, "DROPMALFORMED")
    return d.agg(F.count(F.lit(1)))


def case_json_dropmalformed_price(spark, F):
    d = json(spark, "DROPMALFORMED")
    return d.select("p")


def case_json_dropmalformed_condition(spark, F):
    d = json(spark, "DROPMALFORMED")
    return d.filter("p > 1").select("t")


def case_json_dropmalformed_two_columns(spark, F):
    d = json(spark, "DROPMALFORMED")
    return d.select("t", "v")


def case_json_dropmalformed_union(spark, F):
    d = json(spark, "DROPMALFORMED")
    return d.select("v").union(d.select("p"))


def case_json_dropmalformed_unread_column(spark, F):
    d = json(spark, "DROPMALFORMED")
    return d.withColumn("x", F.col("p") * 2).select("t")


def case_json_dropmalformed_sorted(spark, F):
    d = json(spark, "DROPMALFORMED")
    return d.orderBy("v").select("t")


def case_json_dropmalformed_distinct(spark, F):
    d = json(spark, "DROPMALFORMED")
    return d.distinct().select("t")


def case_json_dropmalformed_unread_sum(spark, F):
    d = json(spark, "DROPMALFORMED")
    return d.groupBy("t").agg(F.max("p"), F.sum("v").alias("s")).select("t", "s")


def case_json_dropmalformed_self_join(spark, F):
    d = json(spark, "DROPMALFORMED")
    return d.join(d.select("t").distinct(), "t").select("v")


def case_json_dropmalformed_unpivoted(spark, F):
    d = json(spark, "DROPMALFORMED")
    return d.unpivot(["t"], ["p", "v"], "k", "x").select("t", "k")


def case_json_failfast_groups(spark, F):
    d = json(spark, "FAILFAST")
    return d.groupBy("t").count()


def case_json_failfast_count(spark, F):
    d = json(spark, "FAILFAST")
    return d.agg(F.count(F.lit(1)))


def case_json_failfast_price(spark, F):
    d = json(spark, "FAILFAST")
    return d.select("p")


def case_json_failfast_condition(spark, F):
    d = json(spark, "FAILFAST")
    return d.filter("p > 1").select("t")


def case_json_failfast_two_columns(spark, F):
    d = json(spark, "FAILFAST")
    return d.select("t", "v")


def case_json_failfast_unread_column(spark, F):
    d = json(spark, "FAILFAST")
    return d.withColumn("x", F.col("p") * 2).select("t")


def case_json_failfast_unread_sum(spark, F):
    d = json(spark, "FAILFAST")
    return d.groupBy("t").agg(F.max("p"), F.sum("v").alias("s")).select("t", "s")


def case_json_kept_alone(spark, F):
    d = kept(json, spark)
    return d.select("_corrupt_record")


def case_json_kept_with_text(spark, F):
    d = kept(json, spark)
    return d.select("t", "_corrupt_record")


def case_json_kept_with_price(spark, F):
    d = kept(json, spark)
    return d.select("p", "_corrupt_record")


def case_json_kept_good_sum(spark, F):
    d = kept(json, spark)
    return d.filter("_corrupt_record IS NULL").agg(F.sum("v"))


def case_json_kept_bad_tickers(spark, F):
    d = kept(json, spark)
    return d.filter("_corrupt_record IS NOT NULL").select("t")


def case_json_kept_whole(spark, F):
    d = kept(json, spark)
    return d


def case_csv_not_pruned_groups(spark, F):
    return csv(spark, "DROPMALFORMED", columnPruning=False).groupBy("t").count()


def case_csv_not_pruned_count(spark, F):
    return csv(spark, "DROPMALFORMED", columnPruning=False).agg(F.count(F.lit(1)))


def case_csv_multi_line_groups(spark, F):
    return csv(spark, "DROPMALFORMED", multiLine=True).groupBy("t").count()


def case_csv_multi_line_count(spark, F):
    return csv(spark, "DROPMALFORMED", multiLine=True).agg(F.count(F.lit(1)))
