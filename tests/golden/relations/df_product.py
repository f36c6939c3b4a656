"""F.product, which has no name in SQL."""


def lots(spark):
    return spark.createDataFrame([("A", 1.5, 2), ("A", 2.0, None), ("B", None, 5), ("B", 0.5, 6)],
                                 "ticker STRING, growth DOUBLE, lots INT")


def case_of_all(spark, F):
    return lots(spark).agg(F.product("growth"), F.product("lots").alias("p"))


def case_by_group(spark, F):
    return lots(spark).groupBy("ticker").agg(F.product("growth"), F.product("lots"))


def case_of_nothing(spark, F):
    return lots(spark).filter("growth > 100").agg(F.product("growth"))


def case_of_expressions(spark, F):
    return lots(spark).agg((F.product(1 + F.col("growth")) - 1).alias("total_return"))
