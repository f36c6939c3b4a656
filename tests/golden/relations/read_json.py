"""Reading JSON lines."""


def case_infer(spark, F):
    return spark.read.json("{data}/prices.json")


def case_schema(spark, F):
    return spark.read.schema("ticker STRING, date DATE, close_price DOUBLE, volume BIGINT").json(
        "{data}/prices.json")


def case_nested(spark, F):
    return spark.read.json("{data}/nested.json")


def case_nested_fields(spark, F):
    return spark.read.json("{data}/nested.json").select("id", "info.name", "list.k", F.col("tags")[0])


def case_malformed(spark, F):
    return spark.read.json("{data}/malformed.json")


def case_malformed_schema(spark, F):
    return spark.read.schema("a INT, b STRING").json("{data}/malformed.json")


def case_malformed_corrupt_record(spark, F):
    return spark.read.schema("a INT, b STRING, _corrupt_record STRING").json("{data}/malformed.json")


def case_drop_malformed(spark, F):
    return spark.read.schema("a INT, b STRING").option("mode", "DROPMALFORMED").json("{data}/malformed.json")


def case_fail_fast(spark, F):
    return spark.read.schema("a INT, b STRING").option("mode", "FAILFAST").json("{data}/malformed.json")


def case_multi_line(spark, F):
    return spark.read.json("{data}/array.json", multiLine=True)


def case_primitives_as_string(spark, F):
    return spark.read.option("primitivesAsString", True).json("{data}/prices.json")


def case_prefers_decimal(spark, F):
    return spark.read.option("prefersDecimal", True).json("{data}/prices.json")


def case_missing(spark, F):
    return spark.read.json("{data}/nope.json")


def case_empty(spark, F):
    return spark.read.json("{data}/empty.csv")
