"""What is in the files: CSV and JSON text, Parquet types and codecs."""

TYPES = """SELECT true AS b, 1Y AS i8, 2S AS i16, 3 AS i32, 4L AS i64, 1.5F AS f, 2.5D AS d, 1.50 AS dec,
 cast(12345678901234567890.5 AS DECIMAL(30, 5)) AS big, 's' AS s, date'2024-01-02' AS dt,
 timestamp'2024-01-02 03:04:05.678901' AS ts, timestamp_ntz'2024-01-02 03:04:05' AS ntz"""
TEXTS = """SELECT * FROM VALUES ('plain', 1), ('with,comma', 2), ('say "hi"', 3), ('two\\nlines', 4),
 (' spaces ', 5), ('', 6), (NULL, 7), ('back\\\\slash', 8), ("it's", 9), ('#hash', 10), ('é', 11),
 ('null', 12), ('tab\\there', 13) AS t(s, i)"""
DOUBLES = """SELECT * FROM VALUES (1.0D), (1.5D), (1e20D), (1e-5D), (100D), (cast('NaN' AS DOUBLE)),
 (cast('Infinity' AS DOUBLE)), (-0.0D), (123456789.125D), (NULL) AS t(d)"""
NESTED = """SELECT array(1, NULL) AS a, map('k', 1.5D) AS m, named_struct('x', 1, 'y', 'q') AS st, x'00ff' AS bin"""


def case_csv_types(spark, F, out):
    spark.sql(TYPES).coalesce(1).write.csv(out, header=True)


def case_csv_types_in_new_york(spark, F, out):
    """zone: America/New_York"""
    spark.sql(TYPES).coalesce(1).write.csv(out, header=True)


def case_csv_nulls(spark, F, out):
    spark.sql("SELECT CAST(NULL AS INT) AS a, CAST(NULL AS STRING) AS b, '' AS c").write.csv(out)


def case_csv_texts(spark, F, out):
    spark.sql(TEXTS).coalesce(1).write.csv(out)


def case_csv_quote_all(spark, F, out):
    spark.sql(TEXTS).coalesce(1).write.csv(out, quoteAll=True)


def case_csv_options(spark, F, out):
    spark.sql(TEXTS).coalesce(1).write.csv(out, sep=";", header=True, nullValue="NA", emptyValue="EMPTY")


def case_csv_escape_quote(spark, F, out):
    spark.sql(TEXTS).coalesce(1).write.csv(out, escape='"')


def case_csv_keep_white_space(spark, F, out):
    spark.sql(TEXTS).coalesce(1).write.csv(out, ignoreLeadingWhiteSpace=False, ignoreTrailingWhiteSpace=False)


def case_csv_formats(spark, F, out):
    spark.sql(TYPES).select("dt", "ts").write.csv(out, dateFormat="dd/MM/yyyy", timestampFormat="yyyy HH:mm")


def case_csv_doubles(spark, F, out):
    spark.sql(DOUBLES).coalesce(1).write.csv(out)


def case_csv_read_back(spark, F, out):
    spark.sql(TEXTS).coalesce(1).write.csv(out, header=True)
    return spark.read.csv(out, header=True)


def case_csv_nested(spark, F, out):
    spark.sql(NESTED).select("a").write.csv(out)


def case_csv_interval(spark, F, out):
    spark.sql("SELECT interval '1' day AS i").write.csv(out)


def case_csv_header_names(spark, F, out):
    spark.sql("SELECT 1 AS `a b`, 2 AS `c,d`, 3 AS `e\"f`").write.csv(out, header=True)


def case_json_types(spark, F, out):
    spark.sql(TYPES).coalesce(1).write.json(out)


def case_json_types_in_new_york(spark, F, out):
    """zone: America/New_York"""
    spark.sql(TYPES).coalesce(1).write.json(out)


def case_json_texts(spark, F, out):
    spark.sql(TEXTS).coalesce(1).write.json(out)


def case_json_nulls_kept(spark, F, out):
    spark.sql(TEXTS).coalesce(1).write.json(out, ignoreNullFields=False)


def case_json_nested(spark, F, out):
    spark.sql(NESTED).coalesce(1).write.json(out)
    return spark.read.json(out)


def case_json_doubles(spark, F, out):
    spark.sql(DOUBLES).coalesce(1).write.json(out)


def case_json_read_back(spark, F, out):
    spark.sql(TYPES).coalesce(1).write.json(out)
    return spark.read.json(out)


def case_text(spark, F, out):
    spark.sql(TEXTS).select("s").coalesce(1).write.text(out)


def case_text_two_columns(spark, F, out):
    spark.sql(TEXTS).write.text(out)


def case_parquet_types(spark, F, out):
    spark.sql(TYPES).coalesce(1).write.parquet(out)
    return spark.read.parquet(out)


def case_parquet_nested(spark, F, out):
    spark.sql(NESTED).coalesce(1).write.parquet(out)
    return spark.read.parquet(out)


def case_parquet_not_null_columns(spark, F, out):
    spark.range(2).withColumn("x", F.lit(1)).coalesce(1).write.parquet(out)
    return spark.read.parquet(out)


def case_parquet_comment(spark, F, out):
    spark.range(1).select(F.col("id").alias("id", metadata={"comment": "key"})).write.parquet(out)
    return spark.read.parquet(out)


def case_parquet_uncompressed(spark, F, out):
    spark.range(0, 2, 1, 1).write.parquet(out, compression="none")


def case_parquet_zstd(spark, F, out):
    spark.range(0, 2, 1, 1).write.option("compression", "zstd").parquet(out)


def case_parquet_gzip(spark, F, out):
    spark.range(0, 2, 1, 1).write.option("compression", "gzip").parquet(out)


def case_parquet_unknown_codec(spark, F, out):
    spark.range(0, 2, 1, 1).write.option("compression", "nope").parquet(out)


def case_parquet_strange_names(spark, F, out):
    spark.sql("SELECT 1 AS `a b`, 2 AS `c,d;e`, 3 AS `x.y`, 4 AS `é`").write.parquet(out)
    return spark.read.parquet(out)


def case_parquet_interval(spark, F, out):
    spark.sql("SELECT interval '1' day AS i, interval '2' month AS m").write.parquet(out)
    return spark.read.parquet(out)


def case_parquet_void(spark, F, out):
    spark.sql("SELECT NULL AS n").write.parquet(out)


def case_csv_gzip(spark, F, out):
    spark.range(0, 2, 1, 1).write.csv(out, compression="gzip")
    return spark.read.csv(out)
