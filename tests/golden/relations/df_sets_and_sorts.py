"""Set operations, duplicates, sorting and sampling through the DataFrame API."""


def left(spark):
    return spark.createDataFrame([(1, "a"), (2, "b"), (2, "b"), (None, None)], "id INT, v STRING")


def right(spark):
    return spark.createDataFrame([(2, "b"), (3, "c"), (None, None)], "id INT, v STRING")


def case_union(spark, F):
    return left(spark).union(right(spark))


def case_union_all(spark, F):
    return left(spark).unionAll(right(spark))


def case_union_by_position(spark, F):
    return left(spark).union(right(spark).select("v", "id"))


def case_union_widening(spark, F):
    return left(spark).select("id").union(spark.range(2)).union(
        spark.createDataFrame([(1.5,)], "x DOUBLE"))


def case_union_by_name(spark, F):
    return left(spark).unionByName(right(spark).select("v", "id"))


def case_union_by_name_missing(spark, F):
    return left(spark).unionByName(right(spark).select("id").withColumn("x", F.lit(1)),
                                   allowMissingColumns=True)


def case_union_by_name_error(spark, F):
    return left(spark).unionByName(right(spark).select("id"))


def case_union_count_error(spark, F):
    return left(spark).union(right(spark).select("id"))


def case_union_type_error(spark, F):
    return left(spark).select("id").union(spark.createDataFrame([([1],)], "a ARRAY<INT>"))


def case_intersect(spark, F):
    return left(spark).intersect(right(spark))


def case_intersect_all(spark, F):
    return left(spark).intersectAll(right(spark))


def case_subtract(spark, F):
    return left(spark).subtract(right(spark))


def case_except_all(spark, F):
    return left(spark).exceptAll(right(spark))


def case_distinct(spark, F):
    return left(spark).distinct()


def case_drop_duplicates(spark, F):
    return left(spark).dropDuplicates()


def case_drop_duplicates_subset(spark, F):
    return left(spark).dropDuplicates(["id"]).select("id")


def case_drop_duplicates_case(spark, F):
    return left(spark).dropDuplicates(["ID", "V"])


def case_drop_duplicates_missing(spark, F):
    return left(spark).dropDuplicates(["nope"])


def case_order_by(spark, F):
    """ordered"""
    return right(spark).orderBy("id")


def case_order_by_desc(spark, F):
    """ordered"""
    return right(spark).orderBy(F.desc("id"))


def case_order_by_ascending_argument(spark, F):
    """ordered"""
    return left(spark).orderBy(["id", "v"], ascending=[False, True])


def case_order_by_nulls(spark, F):
    """ordered"""
    return right(spark).orderBy(F.col("id").asc_nulls_last())


def case_order_by_desc_nulls_first(spark, F):
    """ordered"""
    return right(spark).sort(F.col("id").desc_nulls_first())


def case_order_by_expression(spark, F):
    """ordered"""
    return spark.range(4).orderBy(F.col("id") % 2, F.col("id").desc())


def case_order_by_dropped_column(spark, F):
    """ordered"""
    df = right(spark)
    return df.select("v").orderBy(df.id)


def case_order_by_missing(spark, F):
    return right(spark).orderBy("nope")


def case_sort_within_partitions(spark, F):
    """ordered"""
    return right(spark).sortWithinPartitions(F.desc("v"))


def case_order_limit(spark, F):
    """ordered"""
    return spark.range(10).orderBy(F.desc("id")).limit(3)


def case_sample_seed(spark, F):
    return spark.range(0, 100, 1, 1).sample(0.1, 42)


def case_sample_with_replacement(spark, F):
    return spark.range(0, 20, 1, 1).sample(True, 0.5, 7)


def case_sample_by(spark, F):
    df = spark.range(0, 40, 1, 1).select((F.col("id") % 3).alias("k"))
    return df.sampleBy("k", {0: 0.5, 1: 0.25}, 0).groupBy("k").count()


def case_sample_other_seeds(spark, F):
    df = spark.range(0, 60, 1, 1)
    return df.sample(0.25, 1).union(df.sample(0.5, -3)).union(df.filter("id > 10").sample(0.2, 99))


def case_random_split_parts(spark, F):
    df = spark.range(0, 40, 1, 1).select((F.col("id") * 7 % 40).alias("a"), F.col("id").alias("b"))
    first, second, third = df.randomSplit([0.5, 0.3, 0.2], seed=24)
    return first.withColumn("p", F.lit(1)).union(second.withColumn("p", F.lit(2))).union(
        third.withColumn("p", F.lit(3))
    )


def case_random_columns(spark, F):
    df = spark.createDataFrame([("a", 1), ("b", 2), ("c", 3), ("d", 4)], "k string, v int")
    return df.withColumn("r", F.rand(42)).withColumn("n", F.randn(42)).filter("r > 0.2")


def case_order_by_day_keeps_order(spark, F):
    """
    ordered
    """
    rows = [(d, t, float(d * t)) for t in range(7) for d in (3, 1, 2)]
    return spark.createDataFrame(rows, "d int, t int, x double").orderBy("d")


def case_sample_with_replacement_small(spark, F):
    return spark.range(100).sample(True, 0.5, 42)


def case_sample_with_replacement_twice(spark, F):
    return spark.range(50).withColumn("k", F.col("id") % 3).sample(True, 2.0, 7).groupBy("k").count()


def case_sample_with_replacement_of_nothing(spark, F):
    return spark.range(50).sample(True, 0.0, 7)
