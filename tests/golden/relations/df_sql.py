"""spark.sql with arguments and DataFrames inside; expression strings that need the SQL parser."""


def case_named_arguments(spark, F):
    return spark.sql("SELECT :a + 1, :b", args={"a": 2, "b": "x"})


def case_positional_arguments(spark, F):
    return spark.sql("SELECT ? * 2, ?", args=[3, None])


def case_argument_types(spark, F):
    import datetime
    return spark.sql("SELECT :d, :f, :l", args={
        "d": datetime.date(2024, 1, 2), "f": 1.5, "l": F.array(F.lit(1), F.lit(2))})


def case_dataframe_inside(spark, F):
    df = spark.range(3)
    return spark.sql("SELECT id * 2 AS d FROM {x} WHERE id > 0", x=df)


def case_unbound_argument(spark, F):
    return spark.sql("SELECT :a + :b", args={"a": 1})


def case_then_dataframe(spark, F):
    df = spark.sql("SELECT * FROM VALUES (1, 'a'), (2, 'b') AS t(id, name)")
    return df.filter(df.id > 1).select(df.name, F.upper("name"))


def case_join_of_queries(spark, F):
    a = spark.sql("SELECT * FROM VALUES (1, 'a'), (2, 'b') AS t(id, x)")
    b = spark.sql("SELECT * FROM VALUES (2, 'p'), (3, 'q') AS t(id, y)")
    return a.join(b, a.id == b.id, "full").select(a.id, b.id, "x", "y")


def case_expression_strings(spark, F):
    df = spark.sql("SELECT * FROM VALUES (1, 'a', 2.5D), (2, NULL, NULL) AS t(id, x, p)")
    return df.selectExpr("id AS i", "nvl(x, 'none')", "CASE WHEN id > 1 THEN 'big' END AS size",
                         "cast(p AS DECIMAL(5, 2))", "id IN (1, 3)", "p BETWEEN 1 AND 3", "*")


def case_expression_filter(spark, F):
    return spark.range(10).filter("id BETWEEN 2 AND 5 AND NOT id = 3")


def case_expression_aggregate(spark, F):
    return spark.range(10).groupBy(F.expr("id % 2 AS parity")).agg(F.expr("sum(id) AS s"), F.expr("max(id)"))


def case_expression_window(spark, F):
    return spark.range(4).selectExpr("id", "sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)")


def case_expression_parse_error(spark, F):
    return spark.range(1).filter("id >")


def case_expression_unresolved(spark, F):
    return spark.range(1).selectExpr("nope + 1")
