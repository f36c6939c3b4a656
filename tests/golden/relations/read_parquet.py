"""Reading Parquet: types, partition folders, schemas, errors."""


def case_plain(spark, F):
    return spark.read.parquet("{data}/prices.parquet")


def case_format_load(spark, F):
    return spark.read.format("parquet").load("{data}/prices.parquet")


def case_default_source(spark, F):
    return spark.read.load("{data}/prices.parquet")


def case_types(spark, F):
    return spark.read.parquet("{data}/types.parquet")


def case_types_in_new_york(spark, F):
    """zone: America/New_York"""
    return spark.read.parquet("{data}/types.parquet").select("ts", "ntz", "dt", F.hour("ts"))


def case_int96(spark, F):
    """zone: UTC, America/New_York"""
    return spark.read.parquet("{data}/int96.parquet")


def case_partitioned(spark, F):
    return spark.read.parquet("{data}/partitioned.parquet")


def case_partition_filter(spark, F):
    return spark.read.parquet("{data}/partitioned.parquet").filter("year = 2023 AND ticker = 'IBM'")


def case_partition_only(spark, F):
    return spark.read.parquet("{data}/partitioned.parquet").select("year", "ticker").distinct()


def case_partition_group(spark, F):
    return spark.read.parquet("{data}/partitioned.parquet").groupBy("ticker", "date").agg(
        F.avg("close_price").alias("avg_price"), F.max("volume").alias("max_volume"))


def case_escaped_partitions(spark, F):
    return spark.read.parquet("{data}/escaped.parquet")


def case_one_partition_folder(spark, F):
    return spark.read.parquet("{data}/partitioned.parquet/year=2024")


def case_base_path(spark, F):
    return spark.read.option("basePath", "{data}/partitioned.parquet").parquet(
        "{data}/partitioned.parquet/year=2024")


def case_schema(spark, F):
    return spark.read.schema("volume BIGINT, ticker STRING, nope INT").parquet("{data}/prices.parquet")


def case_schema_case_insensitive(spark, F):
    return spark.read.schema("TICKER STRING, Volume BIGINT").parquet("{data}/prices.parquet")


def case_merge_schema(spark, F):
    return spark.read.option("mergeSchema", True).parquet("{data}/merge.parquet")


def case_files_with_other_columns(spark, F):
    return spark.read.schema("a INT, b STRING, c BIGINT").parquet("{data}/merge.parquet")


def case_two_paths(spark, F):
    return spark.read.parquet("{data}/merge.parquet/part=1", "{data}/merge.parquet/part=2").select("b")


def case_the_seed_program(spark, F):
    """ordered"""
    df = spark.read.parquet("{data}/prices.parquet")
    return df.groupBy("ticker", "date").agg(
        F.avg("close_price").alias("avg_price"), F.max("volume").alias("max_volume")
    ).orderBy("date", "ticker")


def case_missing(spark, F):
    return spark.read.parquet("{data}/nope.parquet")


def case_folder_without_parquet(spark, F):
    return spark.read.parquet("{data}/empty_folder")


def case_corrupt(spark, F):
    return spark.read.parquet("{data}/corrupt.parquet")


def case_csv_as_parquet(spark, F):
    return spark.read.schema("a INT").parquet("{data}/prices.csv")


def case_wrong_column_type(spark, F):
    return spark.read.schema("ticker INT").parquet("{data}/prices.parquet")


def case_text(spark, F):
    return spark.read.text("{data}/lines.txt")


def case_unknown_format(spark, F):
    return spark.read.format("nosuchformat").load("{data}/prices.parquet")


def case_table_missing(spark, F):
    return spark.read.table("nope")
