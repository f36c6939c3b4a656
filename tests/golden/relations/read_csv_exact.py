"""What CSV texts become, text by text: values of each type, inferred types, quotes in odd places, line ends."""

ODD = "a STRING, b STRING, c STRING, d STRING, e STRING, _corrupt_record STRING"


def values(spark, type_name):
    return spark.read.schema(f"i INT, v {type_name}, _corrupt_record STRING").csv("{data}/csv_values.csv", sep=";")


def odd(spark, **options):
    return spark.read.schema(ODD).options(**options).csv("{data}/csv_odd_quotes.csv")


def case_double_values(spark, F):
    return values(spark, "DOUBLE")


def case_float_values(spark, F):
    return values(spark, "FLOAT")


def case_int_values(spark, F):
    return values(spark, "INT")


def case_bigint_values(spark, F):
    return values(spark, "BIGINT")


def case_smallint_values(spark, F):
    return values(spark, "SMALLINT")


def case_tinyint_values(spark, F):
    return values(spark, "TINYINT")


def case_short_decimal_values(spark, F):
    return values(spark, "DECIMAL(8, 2)")


def case_integral_decimal_values(spark, F):
    return values(spark, "DECIMAL(20, 0)")


def case_long_decimal_values(spark, F):
    return values(spark, "DECIMAL(38, 18)")


def case_boolean_values(spark, F):
    return values(spark, "BOOLEAN")


def case_date_values(spark, F):
    return values(spark, "DATE")


def case_timestamp_values(spark, F):
    """zone: UTC, America/New_York"""
    return values(spark, "TIMESTAMP")


def case_timestamp_ntz_values(spark, F):
    return values(spark, "TIMESTAMP_NTZ")


def case_string_values(spark, F):
    return values(spark, "STRING")


def case_other_special_doubles(spark, F):
    return spark.read.schema("i INT, v DOUBLE").options(
        sep=";", nanValue="nan", positiveInf="inf", negativeInf="-inf").csv("{data}/csv_values.csv")


def case_inferred(spark, F):
    return spark.read.options(sep=";", header=True, inferSchema=True).csv("{data}/csv_inferred.csv")


def case_date_format_values(spark, F):
    """zone: UTC, America/New_York"""
    return spark.read.schema("i INT, d DATE").options(sep=";", dateFormat="yyyyMMdd").csv("{data}/csv_values.csv")


def case_timestamp_format_values(spark, F):
    """zone: UTC, America/New_York"""
    return spark.read.schema("i INT, t TIMESTAMP").options(
        sep=";", timestampFormat="yyyy-MM-dd HH:mm[:ss]").csv("{data}/csv_values.csv")


def case_odd_quotes(spark, F):
    return odd(spark)


def case_odd_quotes_escaped_by_quotes(spark, F):
    return odd(spark, escape='"')


def case_odd_quotes_trimmed(spark, F):
    return odd(spark, ignoreLeadingWhiteSpace=True, ignoreTrailingWhiteSpace=True)


def case_odd_quotes_left_trimmed(spark, F):
    return odd(spark, ignoreLeadingWhiteSpace=True)


def case_no_quotes(spark, F):
    return odd(spark, quote="")


def case_no_escape(spark, F):
    return odd(spark, escape="")


def case_odd_quotes_null_and_empty(spark, F):
    return odd(spark, nullValue="a", emptyValue="E")


def case_escape_of_escape(spark, F):
    return odd(spark, charToEscapeQuoteEscaping="b")


def case_letter_as_escape(spark, F):
    return odd(spark, escape="a")


def case_odd_quotes_dropped(spark, F):
    return spark.read.schema("a STRING, b STRING").csv("{data}/csv_odd_quotes.csv", mode="DROPMALFORMED")


def case_wide_separator(spark, F):
    return spark.read.options(sep="||", header=True).csv("{data}/csv_wide_separator.csv")


def case_wide_separator_schema(spark, F):
    return spark.read.schema("t STRING, c DOUBLE, n STRING, _corrupt_record STRING").options(
        sep="||", header=True).csv("{data}/csv_wide_separator.csv")


def case_late_header(spark, F):
    return spark.read.options(header=True, comment="#", inferSchema=True).csv("{data}/csv_late_header.csv")


def case_line_ends(spark, F):
    return spark.read.options(header=True).csv("{data}/csv_line_ends.csv")


def case_line_ends_schema(spark, F):
    return spark.read.schema("t STRING, n STRING, _corrupt_record STRING").options(header=True).csv(
        "{data}/csv_line_ends.csv")


def case_count(spark, F):
    return spark.read.options(header=True).csv("{data}/csv_line_ends.csv").groupBy().count()


def case_latin1(spark, F):
    return spark.read.options(header=True, inferSchema=True, encoding="ISO-8859-1").csv("{data}/csv_latin1.csv")


def case_unknown_charset(spark, F):
    return spark.read.schema("n STRING, v DOUBLE, _corrupt_record STRING").options(
        header=True, charset="latin1").csv("{data}/csv_latin1.csv")


def case_latin1_schema(spark, F):
    return spark.read.schema("n STRING, v DOUBLE, _corrupt_record STRING").options(
        header=True, charset="iso-8859-1").csv("{data}/csv_latin1.csv")


def case_not_utf8(spark, F):
    return spark.read.csv("{data}/csv_not_utf8.csv", header=True, inferSchema=True)


def case_not_utf8_multi_line(spark, F):
    return spark.read.csv("{data}/csv_not_utf8.csv", header=True, multiLine=True)


def case_line_separator(spark, F):
    return spark.read.csv("{data}/csv_semicolon_ends.csv", header=True, lineSep=";", inferSchema=True)


def case_zones_of_ntz(spark, F):
    return spark.read.schema("t TIMESTAMP_NTZ, _corrupt_record STRING").csv("{data}/csv_zones.csv", header=True)


def case_sampled(spark, F):
    return spark.read.csv("{data}/csv_sampled.csv", header=True, inferSchema=True, samplingRatio=0.5)


def case_binary(spark, F):
    return spark.read.schema("ticker BINARY").csv("{data}/csv_semicolon_ends.csv", lineSep=";")


def case_text_lines(spark, F):
    return spark.read.text("{data}/text_mixed_ends.txt")


def case_text_line_separator(spark, F):
    return spark.read.option("lineSep", ";").text("{data}/csv_semicolon_ends.csv")
