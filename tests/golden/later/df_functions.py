"""Functions of the DataFrame API beyond the first set."""


def case_lambda_zip_with(spark, F):
    df = spark.createDataFrame([([1, 2], [3, 4])], "a ARRAY<INT>, b ARRAY<INT>")
    return df.select(F.zip_with("a", "b", lambda x, y: x + y))


def case_lambda_map_functions(spark, F):
    df = spark.createDataFrame([({"a": 1, "b": 2},)], "m MAP<STRING, INT>")
    return df.select(F.map_filter("m", lambda k, v: v > 1), F.transform_values("m", lambda k, v: v + 1),
                     F.transform_keys("m", lambda k, v: F.upper(k)))
