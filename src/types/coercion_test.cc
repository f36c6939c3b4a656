#include "types/coercion.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace ember {
namespace {

std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

DataType Parse(const std::string& text) {
  if (text == "VOID") return NullType();
  auto type = ParseDataType(text);
  EXPECT_TRUE(type.ok()) << text;
  return type.ok() ? *type : NullType();
}

// Every pair of types, as a real Spark answered.
TEST(CoercionTest, AgreesWithRecordedSpark) {
  std::ifstream file("src/types/coercion_recorded.txt");
  ASSERT_TRUE(file.good());
  int checked = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    const auto parts = Split(line, '|');
    const bool ansi = parts[1] == "true";
    const DataType from = Parse(parts[2]);
    for (const auto& cell : Split(parts[3], ';')) {
      const size_t equals = cell.find('=');
      const DataType to = Parse(cell.substr(0, equals));
      const std::string expected = cell.substr(equals + 1);
      std::string actual;
      if (parts[0] == "wider") {
        const std::vector<DataType> types = {from, to};
        const auto wider = WiderType(types, ansi);
        actual = wider ? SimpleString(*wider) : "-";
      } else {
        actual = CanCast(from, to, ansi ? CastMode::kAnsi : CastMode::kLegacy) ? "y" : "n";
        actual += CanCast(from, to, CastMode::kTry) ? "y" : "n";
      }
      EXPECT_EQ(actual, expected) << parts[0] << " ansi=" << ansi << " " << parts[2] << " and "
                                  << cell.substr(0, equals);
      ++checked;
    }
  }
  EXPECT_GT(checked, 2000);
}

TEST(CoercionTest, DecimalOperations) {
  const auto result = [](DecimalOperation operation, DataType a, DataType b) {
    return SimpleString(DecimalResultType(operation, a, b));
  };
  EXPECT_EQ(result(DecimalOperation::kAdd, DecimalType(10, 2), DecimalType(5, 4)), "decimal(13,4)");
  EXPECT_EQ(result(DecimalOperation::kMultiply, DecimalType(10, 2), DecimalType(5, 4)),
            "decimal(16,6)");
  EXPECT_EQ(result(DecimalOperation::kDivide, DecimalType(10, 2), DecimalType(5, 4)),
            "decimal(20,8)");
  EXPECT_EQ(result(DecimalOperation::kMultiply, DecimalType(38, 18), DecimalType(38, 18)),
            "decimal(38,6)");
  EXPECT_EQ(result(DecimalOperation::kRemainder, DecimalType(10, 2), DecimalType(5, 4)),
            "decimal(5,4)");
}

TEST(CoercionTest, UpCastKeepsEveryValue) {
  EXPECT_TRUE(CanUpCast(IntegerType(), LongType()));
  EXPECT_FALSE(CanUpCast(LongType(), IntegerType()));
  EXPECT_TRUE(CanUpCast(IntegerType(), DecimalType(10, 0)));
  EXPECT_FALSE(CanUpCast(StringType(), IntegerType()));
  EXPECT_TRUE(CanUpCast(IntegerType(), StringType()));
}

TEST(CoercionTest, NestedTypes) {
  const DataType ints = ArrayType(IntegerType(), false);
  const DataType strings = ArrayType(StringType(), false);
  EXPECT_EQ(*WiderType(ints, strings, false), strings);
  // The string may not be a number: the elements become nullable.
  EXPECT_EQ(*WiderType(ints, strings, true), ArrayType(LongType(), true));
}

}  // namespace
}  // namespace ember
