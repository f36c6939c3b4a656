#include "functions/string_casts.h"

#include <gtest/gtest.h>

#include "functions/exact_decimal.h"
#include "functions/java_math.h"
#include "functions/number_format.h"
#include "functions/regex.h"
#include "functions/rounding.h"

namespace ember {
namespace {

TEST(StringCasts, ReadsIntegersAsSpark) {
  EXPECT_EQ(ParseInteger(" +12\t", -128, 127, false), 12);
  EXPECT_EQ(ParseInteger("1.9", -128, 127, true), 1);
  EXPECT_EQ(ParseInteger("1.9", -128, 127, false), std::nullopt);
  EXPECT_EQ(ParseInteger("128", -128, 127, true), std::nullopt);
  EXPECT_EQ(ParseInteger("-", -128, 127, true), std::nullopt);
}

TEST(StringCasts, ReadsDates) {
  EXPECT_EQ(ParseSparkDate("1970-1-2"), 1);
  EXPECT_EQ(ParseSparkDate("2024"), 19723);
  EXPECT_EQ(ParseSparkDate(" 1970-01-02T anything"), 1);
  EXPECT_EQ(ParseSparkDate("1970-01T"), std::nullopt);
  EXPECT_EQ(ParseSparkDate("2023-02-29"), std::nullopt);
}

TEST(StringCasts, ReadsTimestamps) {
  EXPECT_EQ(ParseSparkTimestamp("1970-01-01 00:00:01.5", "UTC"), 1'500'000);
  EXPECT_EQ(ParseSparkTimestamp("1970-01-01T01:00:00+01:00", "UTC"), 0);
  EXPECT_EQ(ParseSparkTimestamp("1970-01-01 24:00:00", "UTC"), std::nullopt);
  EXPECT_EQ(ParseSparkTimestampNtz("1970-01-01 01:00:00 Europe/Paris"), 3'600'000'000);
}

TEST(StringCasts, ReadsAndWritesDecimals) {
  auto decimal = ParseBigDecimal(" -12.345e1 ");
  ASSERT_TRUE(decimal.has_value());
  EXPECT_EQ(PlainText(*decimal), "-123.45");
  EXPECT_EQ(ToUnscaled(*decimal, 5, 1), __int128{-1235});
  EXPECT_EQ(ToUnscaled(*decimal, 3, 1), std::nullopt);
  EXPECT_EQ(BigDecimalText(1, 8), "1E-8");
  EXPECT_EQ(BigDecimalText(-12345, 3), "-12.345");
}

TEST(Rounding, GoesByDecimalText) {
  EXPECT_EQ(RoundDouble(0.285, 2, Rounding::kHalfUp), 0.29);
  EXPECT_EQ(RoundDouble(2.5, 0, Rounding::kHalfEven), 2.0);
  EXPECT_EQ(RoundDouble(-1234.5, -2, Rounding::kHalfUp), -1200.0);
  EXPECT_EQ(RoundAway(-25, 1, Rounding::kFloor), __int128{-3});
}

TEST(ExactInteger, DividesBeyond128Bits) {
  const ExactInteger large = ExactInteger(7).TimesPowerOfTen(60);
  EXPECT_EQ(large.DividedHalfUp(ExactInteger(1).TimesPowerOfTen(59)).ToInt128(), __int128{70});
  EXPECT_EQ(ExactInteger(-5).DividedHalfUp(ExactInteger(2)).ToInt128(), __int128{-3});
  EXPECT_EQ(large.ToInt128(), std::nullopt);
}

TEST(Regex, SpeaksJava) {
  EXPECT_EQ(Regex::Compile("("), nullptr);
  EXPECT_EQ(Regex::Compile("[a-z&&[^b]]"), nullptr);
  auto digits = Regex::Compile("(\\p{Digit}+)-\\Qa.b\\E");
  ASSERT_NE(digits, nullptr);
  EXPECT_TRUE(digits->Find("x12-a.b", 0));
  EXPECT_EQ(digits->groups()[2], 1);
  auto comma = Regex::Compile(",");
  EXPECT_EQ(SplitText(*comma, "a,b,,", -1).size(), 4u);
  EXPECT_EQ(ReplaceAll(*comma, "a,b", 0, "$1"), std::nullopt);
}

TEST(NumberFormat, RoundsAsDecimalFormatAndFormatter) {
  EXPECT_EQ(FormatDigits("1234.565000001", false, DigitsPattern(2)), "1,234.57");
  EXPECT_EQ(FormatDigits("0.125", true, *ParseNumberPattern("0.##")), "-0.12");
  EXPECT_EQ(FixedDigits(1.005, 2), "1.01");
  EXPECT_EQ(ScientificDigits(12345.678, 6), "1.234568e+04");
}

TEST(JavaMath, GivesStrictMathsLastBit) {
  EXPECT_EQ(StrictExp(1), 2.7182818284590455);
  EXPECT_EQ(StrictLog(3), 1.0986122886681096);
  EXPECT_EQ(StrictCosh(1), 1.543080634815244);
}

}  // namespace
}  // namespace ember
