"""Reading CSV files: header, schema, types, options, bad rows."""

PRICES = "ticker STRING, date DATE, close_price DOUBLE, volume BIGINT"


def case_defaults(spark, F):
    return spark.read.csv("{data}/prices.csv")


def case_header(spark, F):
    return spark.read.csv("{data}/prices.csv", header=True)


def case_infer_schema(spark, F):
    return spark.read.csv("{data}/prices.csv", header=True, inferSchema=True)


def case_infer_types(spark, F):
    return spark.read.option("header", "true").option("inferSchema", "true").csv("{data}/infer.csv")


def case_infer_types_in_new_york(spark, F):
    """zone: America/New_York"""
    return spark.read.option("header", "true").option("inferSchema", "true").csv("{data}/infer.csv")


def case_infer_prefer_date_off(spark, F):
    return spark.read.options(header=True, inferSchema=True, preferDate=False).csv("{data}/infer.csv")


def case_schema(spark, F):
    return spark.read.schema(PRICES).csv("{data}/prices.csv", header=True)


def case_schema_other_names(spark, F):
    return spark.read.schema("a STRING, b STRING").option("enforceSchema", True).csv(
        "{data}/header_only.csv", header=True)


def case_schema_not_enforced(spark, F):
    return spark.read.schema("x STRING, y STRING").option("enforceSchema", False).csv(
        "{data}/folder.csv/part-0.csv", header=True)


def case_schema_checked(spark, F):
    return spark.read.schema("A STRING, b STRING").option("enforceSchema", False).csv(
        "{data}/folder.csv", header=True)


def case_schema_checked_too_short(spark, F):
    return spark.read.schema("a STRING").option("enforceSchema", False).csv(
        "{data}/folder.csv/part-1.csv", header=True)


def case_schema_not_null(spark, F):
    return spark.read.schema("ticker STRING NOT NULL, date STRING").csv("{data}/prices.csv", header=True)


def case_format_load(spark, F):
    return spark.read.format("csv").option("header", True).load("{data}/prices.csv")


def case_no_header_schema(spark, F):
    return spark.read.schema("t STRING, i INT, d DOUBLE, b BOOLEAN").csv("{data}/no_header.csv")


def case_separator(spark, F):
    return spark.read.csv("{data}/semicolon.csv", sep=";", header=True)


def case_delimiter_option(spark, F):
    return spark.read.option("delimiter", ";").option("header", True).csv("{data}/semicolon.csv")


def case_quotes(spark, F):
    return spark.read.csv("{data}/quotes.csv", header=True)


def case_quotes_trimmed(spark, F):
    return spark.read.options(header=True, ignoreLeadingWhiteSpace=True,
                              ignoreTrailingWhiteSpace=True).csv("{data}/quotes.csv")


def case_escape_quote(spark, F):
    return spark.read.options(header=True, escape='"').csv("{data}/quotes.csv")


def case_null_value(spark, F):
    return spark.read.options(header=True, nullValue="na").csv("{data}/quotes.csv")


def case_empty_value(spark, F):
    return spark.read.options(header=True, emptyValue="EMPTY", nullValue="NULL").csv("{data}/quotes.csv")


def case_comment(spark, F):
    return spark.read.options(header=True, comment="#").csv("{data}/comments.csv")


def case_multi_line(spark, F):
    return spark.read.options(header=True, multiLine=True).csv("{data}/multiline.csv")


def case_multi_line_off(spark, F):
    return spark.read.options(header=True).csv("{data}/multiline.csv")


def case_date_and_timestamp_format(spark, F):
    return spark.read.schema("d DATE, t TIMESTAMP").options(
        header=True, dateFormat="dd/MM/yyyy", timestampFormat="yyyy.MM.dd HH-mm").csv("{data}/formats.csv")


def case_permissive(spark, F):
    return spark.read.schema("ticker STRING, close_price DOUBLE, volume INT").csv(
        "{data}/malformed.csv", header=True)


def case_permissive_corrupt_record(spark, F):
    return spark.read.schema("ticker STRING, close_price DOUBLE, volume INT, _corrupt_record STRING").csv(
        "{data}/malformed.csv", header=True)


def case_corrupt_record_name(spark, F):
    return spark.read.schema("ticker STRING, close_price DOUBLE, volume INT, bad STRING").options(
        header=True, columnNameOfCorruptRecord="bad").csv("{data}/malformed.csv")


def case_drop_malformed(spark, F):
    return spark.read.schema("ticker STRING, close_price DOUBLE, volume INT").csv(
        "{data}/malformed.csv", header=True, mode="DROPMALFORMED")


def case_fail_fast(spark, F):
    return spark.read.schema("ticker STRING, close_price DOUBLE, volume INT").csv(
        "{data}/malformed.csv", header=True, mode="FAILFAST")


def case_unknown_mode(spark, F):
    return spark.read.csv("{data}/prices.csv", header=True, mode="NOPE")


def case_malformed_strings(spark, F):
    return spark.read.csv("{data}/malformed.csv", header=True)


def case_malformed_inferred(spark, F):
    return spark.read.csv("{data}/malformed.csv", header=True, inferSchema=True)


def case_decimal_schema(spark, F):
    return spark.read.schema("ticker STRING, date STRING, close_price DECIMAL(8, 2)").csv(
        "{data}/prices.csv", header=True)


def case_duplicate_header(spark, F):
    return spark.read.csv("{data}/duplicate_header.csv", header=True)


def case_empty_file(spark, F):
    return spark.read.csv("{data}/empty.csv", header=True)


def case_header_only(spark, F):
    return spark.read.csv("{data}/header_only.csv", header=True, inferSchema=True)


def case_folder(spark, F):
    return spark.read.csv("{data}/folder.csv", header=True)


def case_glob(spark, F):
    return spark.read.csv("{data}/folder.csv/part-*.csv", header=True)


def case_two_paths(spark, F):
    return spark.read.csv(["{data}/folder.csv/part-0.csv", "{data}/folder.csv/part-1.csv"], header=True)


def case_path_glob_filter(spark, F):
    return spark.read.option("pathGlobFilter", "*-1.csv").csv("{data}/folder.csv", header=True)


def case_select_and_filter(spark, F):
    df = spark.read.schema(PRICES).csv("{data}/prices.csv", header=True)
    return df.filter("volume > 90").select("ticker", "date")


def case_group(spark, F):
    df = spark.read.schema(PRICES).csv("{data}/prices.csv", header=True)
    return df.groupBy("ticker").agg(F.avg("close_price"), F.max("volume"))


def case_input_file_name(spark, F):
    return spark.read.csv("{data}/folder.csv", header=True).select(
        "a", F.regexp_extract(F.input_file_name(), "[^/]+$", 0).alias("f"))


def case_missing_file(spark, F):
    return spark.read.csv("{data}/nope.csv")


def case_missing_glob(spark, F):
    return spark.read.csv("{data}/nope-*.csv")


def case_empty_folder(spark, F):
    return spark.read.csv("{data}/empty_folder")


def case_unresolved_column(spark, F):
    return spark.read.csv("{data}/prices.csv", header=True).select("clos_price")
