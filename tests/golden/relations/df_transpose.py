"""DataFrame.transpose and the rows of DataFrame.observe."""


def lots(spark):
    return spark.createDataFrame([("A", 1, 2), ("B", 3, None), ("C", 5, 6)],
                                 "ticker STRING, first INT, second INT")


def case_by_the_first_column(spark, F):
    return lots(spark).transpose()


def case_by_a_column(spark, F):
    return lots(spark).select("first", "second").transpose("second")


def case_values_of_two_types(spark, F):
    return lots(spark).transpose("first")


def case_numbers_name_columns(spark, F):
    return spark.sql("SELECT * FROM VALUES (2, 1.5D), (1, 2.5D), (1, 3.5D), (CAST(NULL AS INT), 9D) "
                     "AS t(k, v)").transpose()


def case_wider_type(spark, F):
    return spark.sql("SELECT 'a' AS k, 1 AS v, 2.5D AS w, 3L AS u").transpose()


def case_without_values(spark, F):
    return spark.sql("SELECT 'a' AS k").transpose()


def case_without_rows(spark, F):
    return spark.sql("SELECT 'a' AS k, 1 AS v WHERE false").transpose()


def case_by_a_date(spark, F):
    return spark.sql("SELECT DATE '2024-01-01' AS d, 1 AS v").transpose()


def case_by_a_double(spark, F):
    return spark.sql("SELECT 1.0D AS d, 1 AS v").transpose()


def case_too_many_rows(spark, F):
    return spark.range(600).selectExpr("id", "id * 2 AS x").transpose()


def case_arrays_and_numbers(spark, F):
    return spark.sql("SELECT 1 AS d, array(1) AS v, 2 AS w").transpose()


def case_by_an_expression(spark, F):
    return lots(spark).transpose(F.col("first") + 1)


def case_by_nothing_known(spark, F):
    return lots(spark).transpose("nope")


def case_observe(spark, F):
    return lots(spark).observe("m", F.count(F.lit(1)).alias("rows"), F.max("first"))


def case_observe_a_constant(spark, F):
    return lots(spark).observe("m", F.lit(1))


def case_observe_then_filter(spark, F):
    return lots(spark).observe("m", F.sum("first").alias("s")).filter("first > 1").select("ticker")


def case_observe_a_column(spark, F):
    return lots(spark).observe("m", F.col("first"))


def case_observe_a_column_too(spark, F):
    return lots(spark).observe("m", F.sum("first"), F.col("first"))


def case_observe_distinct(spark, F):
    return lots(spark).observe("m", F.count_distinct("first"))
