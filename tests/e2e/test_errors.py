"""Errors arrive as the exception classes, conditions, SQLSTATEs and parameters that Spark's clients see."""
import pytest
from pyspark.errors import (AnalysisException, ArithmeticException, NumberFormatException,
                            ParseException, PySparkException)
from pyspark.sql import functions as F

from conftest import IS_SPARK_35, condition_of


def is_error(raised, condition, state, **parameters):
    """As far as the client can tell: that of 3.5 reads the condition only, and that from the message."""
    if condition_of(raised) != condition:
        return False
    if IS_SPARK_35:
        return True
    told = raised.getMessageParameters()
    return raised.getSqlState() == state and all(told.get(name) == value for name, value in parameters.items())


def test_a_missing_column(spark):
    with pytest.raises(AnalysisException) as caught:
        spark.range(3).select("nope").collect()
    assert is_error(caught.value, "UNRESOLVED_COLUMN.WITH_SUGGESTION", "42703", objectName="`nope`", proposal="`id`")
    assert "nope" in str(caught.value)


def test_a_missing_column_by_schema(spark):
    with pytest.raises(AnalysisException) as caught:
        spark.range(3).filter("price > 1").schema
    assert is_error(caught.value, "UNRESOLVED_COLUMN.WITH_SUGGESTION", "42703")


def test_division_by_zero(spark):
    with pytest.raises(ArithmeticException) as caught:
        spark.range(1, 2).select(F.col("id") / F.lit(0)).collect()
    assert is_error(caught.value, "DIVIDE_BY_ZERO", "22012", config='"spark.sql.ansi.enabled"')


def test_a_bad_cast(spark):
    with pytest.raises(NumberFormatException) as caught:
        spark.sql("SELECT CAST('x1' AS INT)").collect()
    assert is_error(caught.value, "CAST_INVALID_INPUT", "22018", expression="'x1'")


def test_ansi_off_computes_instead(spark):
    spark.conf.set("spark.sql.ansi.enabled", "false")
    row = spark.sql("SELECT 1 / 0 AS a, CAST('x' AS INT) AS b").first()
    assert tuple(row) == (None, None)


def test_a_syntax_error(spark):
    with pytest.raises(ParseException) as caught:
        spark.sql("SELEC 1")
    assert is_error(caught.value, "PARSE_SYNTAX_ERROR", "42601", error="'SELEC'")


def test_a_missing_table(spark):
    with pytest.raises(AnalysisException) as caught:
        spark.table("no_such_table").collect()
    assert is_error(caught.value, "TABLE_OR_VIEW_NOT_FOUND", "42P01")


def test_a_missing_path(spark, tmp_path):
    with pytest.raises(AnalysisException) as caught:
        spark.read.parquet(str(tmp_path / "none")).schema
    assert is_error(caught.value, "PATH_NOT_FOUND", "42K03")


def test_an_existing_target(spark, tmp_path):
    target = str(tmp_path / "out")
    spark.range(2).write.parquet(target)
    with pytest.raises(AnalysisException) as caught:
        spark.range(2).write.parquet(target)
    assert is_error(caught.value, "PATH_ALREADY_EXISTS", "42K04")
    assert spark.read.parquet(target).count() == 2


def test_an_unknown_setting(spark):
    with pytest.raises(PySparkException) as caught:
        spark.conf.get("no.such.key")
    assert is_error(caught.value, "SQL_CONF_NOT_FOUND", "42K0I")
    assert spark.conf.get("no.such.key", "x") == "x"


def test_a_setting_of_the_process(spark):
    with pytest.raises(AnalysisException) as caught:
        spark.conf.set("spark.sql.warehouse.dir", "/tmp")
    assert is_error(caught.value, "CANNOT_MODIFY_CONFIG", "46110")


def test_what_is_not_supported_names_itself(spark):
    with pytest.raises(PySparkException) as caught:
        spark.range(3).select(F.udf(lambda x: x, "long")("id")).collect()
    assert condition_of(caught.value) == "UNSUPPORTED_FEATURE.EMBER"
    assert "user-defined functions" in str(caught.value)
    with pytest.raises(PySparkException, match="streaming"):
        spark.readStream.format("rate").load().schema


def test_a_malformed_name(spark):
    with pytest.raises(AnalysisException) as caught:
        spark.range(1).select(F.col("a..b")).collect()
    assert is_error(caught.value, "INVALID_ATTRIBUTE_NAME_SYNTAX", "42601", name="a..b")


def test_the_session_goes_on_after_an_error(spark):
    for _ in range(3):
        with pytest.raises(AnalysisException):
            spark.sql("SELECT nope")
    assert spark.range(2).count() == 2
