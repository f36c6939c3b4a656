"""DataFrame calls around names: to, withMetadata, colRegex, pivots with several aggregates, sets."""


def lots(spark):
    return spark.createDataFrame([("A", 1, 2), ("B", 3, None), ("C", 5, 6)],
                                 "ticker STRING, first INT, second INT")


def case_to_schema(spark, F):
    return lots(spark).to(spark.sql("SELECT CAST(1 AS BIGINT) AS first, 'x' AS ticker WHERE rand() < 0 "
                                    "UNION ALL SELECT NULL, NULL").schema)


def case_with_metadata(spark, F):
    return lots(spark).withMetadata("first", {"unit": "shares"})


def case_col_regex(spark, F):
    df = lots(spark)
    return df.select(df.colRegex("`f.*|s.*`"))


def case_grouping_sets(spark, F):
    return lots(spark).groupingSets([[F.col("ticker")], []], "ticker").agg(F.sum("first"), F.grouping_id())


def case_pivot_of_two(spark, F):
    return lots(spark).groupBy("ticker").pivot("first", [1, 3]).agg(F.sum("second").alias("s"),
                                                                    F.count("second"))


def case_union_with_missing(spark, F):
    return lots(spark).unionByName(lots(spark).select("ticker"), allowMissingColumns=True)


def case_except_all(spark, F):
    return lots(spark).exceptAll(lots(spark).limit(1))


def case_intersect_all(spark, F):
    return lots(spark).intersectAll(lots(spark).limit(1))


def case_hints(spark, F):
    return lots(spark).hint("broadcast").hint("nope", 1)
