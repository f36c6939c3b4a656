#include "types/data_type.h"

#include <gtest/gtest.h>

#include "types/value.h"

namespace ember {
namespace {

TEST(TypeTextTest, EveryTextFormReadsBack) {
  const DataType type = StructType(
      {{.name = "a", .type = ArrayType(LongType(), false), .nullable = true, .metadata = {}},
       {.name = "b c",
        .type = MapType(StringType(), DecimalType(10, 2), true),
        .nullable = false,
        .metadata = {}},
       {.name = "d", .type = DayTimeIntervalType(), .nullable = true, .metadata = {}}});
  EXPECT_EQ(SimpleString(type),
            "struct<a:array<bigint>,b c:map<string,decimal(10,2)>,d:interval day to second>");
  EXPECT_EQ(SqlText(type),
            "STRUCT<a: ARRAY<BIGINT>, `b c`: MAP<STRING, DECIMAL(10,2)> NOT NULL, d: INTERVAL DAY "
            "TO SECOND>");
  auto from_json = ParseTypeJson(TypeJson(type));
  ASSERT_TRUE(from_json.ok());
  EXPECT_EQ(*from_json, type);
  auto from_ddl = ParseDataType(SqlText(type));
  ASSERT_TRUE(from_ddl.ok());
  EXPECT_TRUE(SameType(*from_ddl, type));
}

TEST(TypeTextTest, Tree) {
  auto schema =
      ParseDdlSchema("ticker STRING NOT NULL, p ARRAY<STRUCT<x: INT>>, m MAP<STRING, DATE>");
  ASSERT_TRUE(schema.ok());
  EXPECT_EQ(TreeString(*schema),
            "root\n"
            " |-- ticker: string (nullable = false)\n"
            " |-- p: array (nullable = true)\n"
            " |    |-- element: struct (containsNull = true)\n"
            " |    |    |-- x: integer (nullable = true)\n"
            " |-- m: map (nullable = true)\n"
            " |    |-- key: string\n"
            " |    |-- value: date (valueContainsNull = true)\n");
}

TEST(TypeTextTest, BadTextIsAParseError) {
  EXPECT_EQ(ParseDataType("array<int").error().condition, "PARSE_SYNTAX_ERROR");
  EXPECT_EQ(ParseDataType("foo").error().condition, "UNSUPPORTED_DATATYPE");
  EXPECT_EQ(ParseDdlSchema("a int b").error().condition, "PARSE_SYNTAX_ERROR");
  EXPECT_FALSE(ParseTypeJson("{").ok());
}

TEST(ValueTextTest, JavaDoubles) {
  EXPECT_EQ(JavaDoubleText(3), "3.0");
  EXPECT_EQ(JavaDoubleText(3.9e-4), "3.9E-4");
  EXPECT_EQ(JavaDoubleText(0.001), "0.001");
  EXPECT_EQ(JavaDoubleText(1e7), "1.0E7");
  EXPECT_EQ(JavaDoubleText(9999999.0), "9999999.0");
  EXPECT_EQ(JavaDoubleText(-23833923782.20256), "-2.383392378220256E10");
  EXPECT_EQ(JavaDoubleText(-0.0), "-0.0");
  EXPECT_EQ(JavaFloatText(0.1F), "0.1");
}

TEST(ValueTextTest, DatesAndTimestamps) {
  EXPECT_EQ(DateText(0), "1970-01-01");
  EXPECT_EQ(DateText(-719162), "0001-01-01");
  EXPECT_EQ(DateText(19782), "2024-02-29");
  EXPECT_EQ(TimestampText(-1), "1969-12-31 23:59:59.999999");
  EXPECT_EQ(TimestampText(1'500'000), "1970-01-01 00:00:01.5");
  EXPECT_EQ(DecimalText(-5, 3), "-0.005");
}

}  // namespace
}  // namespace ember
