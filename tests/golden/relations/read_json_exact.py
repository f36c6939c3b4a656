"""What JSON texts become, text by text: inferred types, malformed records, options of the parser."""

TYPES = ("i INT, l BIGINT, f FLOAT, d DOUBLE, b BOOLEAN, s SMALLINT, st STRING, m MAP<STRING, INT>, "
         "a ARRAY<INT>, _corrupt_record STRING")
RELAXED = {"allowComments": True, "allowUnquotedFieldNames": True, "allowNumericLeadingZeros": True,
           "allowBackslashEscapingAnyCharacter": True, "allowUnquotedControlChars": True}


def read(spark, name, schema=None, **options):
    reader = spark.read.options(**options)
    return (reader.schema(schema) if schema else reader).json("{data}/json_" + name + ".json")


def case_numbers_keep_their_digits(spark, F):
    return read(spark, "basic")


def case_mixed_types(spark, F):
    return read(spark, "mixed")


def case_large_numbers(spark, F):
    return read(spark, "big")


def case_empty_shapes(spark, F):
    return read(spark, "shapes")


def case_single_quotes(spark, F):
    return read(spark, "quotes")


def case_single_quotes_off(spark, F):
    return read(spark, "quotes", allowSingleQuotes=False)


def case_a_key_twice(spark, F):
    return read(spark, "twice")


def case_keys_by_case(spark, F):
    return read(spark, "cases")


def case_bad_records(spark, F):
    return read(spark, "bad")


def case_bad_records_by_name(spark, F):
    return read(spark, "bad", columnNameOfCorruptRecord="_bad")


def case_bad_records_dropped(spark, F):
    return read(spark, "bad", mode="DROPMALFORMED")


def case_bad_records_fail(spark, F):
    return read(spark, "bad", mode="FAILFAST")


def case_bad_records_with_schema(spark, F):
    return read(spark, "bad", "a INT, _corrupt_record STRING")


def case_bad_records_dropped_with_schema(spark, F):
    return read(spark, "bad", "a INT", mode="DROPMALFORMED")


def case_types(spark, F):
    return read(spark, "typed", TYPES)


def case_text_of_objects(spark, F):
    return read(spark, "typed", "st STRING, m STRING, a STRING")


def case_times(spark, F):
    """zone: UTC, America/New_York"""
    return read(spark, "times", "t TIMESTAMP, n TIMESTAMP_NTZ, d DATE, x TIMESTAMP")


def case_times_inferred(spark, F):
    """zone: UTC, America/New_York"""
    return read(spark, "times", inferTimestamp=True)


def case_formats(spark, F):
    """zone: America/New_York"""
    return read(spark, "formats", "t TIMESTAMP, d DATE", timestampFormat="dd/MM/yyyy HH:mm", dateFormat="yyyyMMdd")


def case_relaxed_syntax(spark, F):
    return read(spark, "syntax", **RELAXED)


def case_strict_syntax(spark, F):
    return read(spark, "syntax", "a INT, b STRING, _corrupt_record STRING")


def case_decimals(spark, F):
    return read(spark, "decimals", "p DECIMAL(10, 2), q DECIMAL(10, 2), r DECIMAL(5, 1), t DECIMAL(6, 2)")


def case_decimals_preferred(spark, F):
    return read(spark, "decimals", prefersDecimal=True)


def case_all_null_dropped(spark, F):
    return read(spark, "nothing", dropFieldIfAllNull=True)


def case_all_null_kept(spark, F):
    return read(spark, "nothing")


def case_texts_only(spark, F):
    return read(spark, "shapes", primitivesAsString=True)


def case_sampled(spark, F):
    return read(spark, "many", samplingRatio=0.5)


def case_line_separator(spark, F):
    return read(spark, "semicolons", lineSep=";")


def case_broken_list(spark, F):
    return read(spark, "broken_list", multiLine=True)


def case_second_text(spark, F):
    return read(spark, "two_texts", multiLine=True)


def case_not_a_number(spark, F):
    return read(spark, "nan")


def case_not_a_number_off(spark, F):
    return read(spark, "nan", allowNonNumericNumbers=False)
