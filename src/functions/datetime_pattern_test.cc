#include "functions/datetime_pattern.h"

#include <gtest/gtest.h>

#include "functions/civil_time.h"

namespace ember {
namespace {

constexpr int64_t kMoment = 1'704'164'645'123'456;  // 2024-01-02 03:04:05.123456

std::string Format(std::string_view pattern, std::string_view zone_name = "UTC") {
  auto zone = Zone::Find(zone_name);
  auto made = DateTimePattern::Make(pattern, DateTimePattern::Use::kFormat);
  if (!made.ok()) return made.error().condition;
  std::string text;
  made->Format(zone->ToWall(kMoment), kMoment / kMicrosPerSecond, *zone, text);
  return text;
}

std::string Parse(std::string_view text, std::string_view pattern) {
  auto made = DateTimePattern::Make(pattern, DateTimePattern::Use::kParse);
  if (!made.ok()) return made.error().condition;
  auto parsed = made->Parse(text);
  if (!parsed.is_ok) return parsed.fault;
  int64_t micros = parsed.wall_micros;
  if (parsed.zone) micros = parsed.zone->ToInstant(micros);
  return std::to_string(micros);
}

constexpr std::string_view kUpgrade =
    "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION";

TEST(DateTimePattern, FormatsLetters) {
  EXPECT_EQ(Format("M MM MMM MMMM L LL LLL LLLL"), "1 01 Jan January 1 01 Jan January");
  EXPECT_EQ(Format("d dd D DD DDD E EE EEE EEEE F"), "2 02 2 02 002 Tue Tue Tue Tuesday 2");
  EXPECT_EQ(Format("a h hh H HH k kk K KK m mm s ss"), "AM 3 03 3 03 3 03 3 03 4 04 5 05");
  EXPECT_EQ(Format("S SS SSS SSSS SSSSSS SSSSSSSSS"), "1 12 123 1234 123456 123456000");
  EXPECT_EQ(Format("z zzzz VV O OOOO x xx xxx xxxx xxxxx X XX XXX XXXX XXXXX Z ZZ ZZZ ZZZZ ZZZZZ"),
            "UTC Coordinated Universal Time UTC GMT GMT +00 +0000 +00:00 +0000 +00:00 Z Z Z Z Z "
            "+0000 +0000 +0000 GMT Z");
  EXPECT_EQ(Format("G GG GGG GGGG q qq qqq qqqq Q QQ QQQ QQQQ"),
            "AD AD AD Anno Domini 1 01 Q1 1st quarter 1 01 Q1 1st quarter");
  EXPECT_EQ(Format("yyyy''MM'T'HH [mm] 'it''s'"), "2024'01T03 04 it's");
  EXPECT_EQ(Format("yyyy-MM-dd HH:mm z XXX", "America/New_York"), "2024-01-01 22:04 EST -05:00");
  EXPECT_EQ(Format("[yyyy-MM-dd"), "2024-01-02");
  EXPECT_EQ(Format(""), "");
}

TEST(DateTimePattern, RefusesWhatSparkRefuses) {
  for (std::string_view pattern : {"YYYY", "yyyy-ww", "u", "MMMMM", "W", "EEEEE", "SSSSSSSSSS",
                                   "GGGGG", "aa", "HHH", "ddd", "yyyyyyy", "{", "#", "yyyy]"}) {
    EXPECT_EQ(Format(pattern), kUpgrade) << pattern;
  }
  EXPECT_EQ(Format("e"), "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_WEEK_BASED_PATTERN");
  EXPECT_EQ(Format("n N A"), "INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER");
  EXPECT_EQ(Parse("x", "E yyyy"), kUpgrade);
}

TEST(DateTimePattern, ParsesText) {
  EXPECT_EQ(Parse("20240102", "yyyyMMdd"), "1704153600000000");
  EXPECT_EQ(Parse("january 2 2024", "MMMM d yyyy"), "1704153600000000");
  EXPECT_EQ(Parse("2024-060", "yyyy-DDD"), "1709164800000000");
  EXPECT_EQ(Parse("24", "yy"), "1704067200000000");
  EXPECT_EQ(Parse("03:04 PM", "hh:mm a"), "54240000000");
  EXPECT_EQ(Parse("2024-01-02 03:04:05.12", "yyyy-MM-dd HH:mm:ss[.SSS]"), "1704164645120000");
  EXPECT_EQ(Parse("2024-01-02 03:04:05", "yyyy-MM-dd HH:mm:ss[.SSS]"), "1704164645000000");
  EXPECT_EQ(Parse("2024-01-02T03:04:05+01:30", "yyyy-MM-dd'T'HH:mm:ssXXX"), "1704159245000000");
  EXPECT_EQ(Parse("2024-01-02T03:04:05 America/New_York", "yyyy-MM-dd'T'HH:mm:ss VV"),
            "1704182645000000");
}

TEST(DateTimePattern, SaysWhyTextDoesNotFit) {
  EXPECT_EQ(
      Parse("2024-13-01", "yyyy-MM-dd"),
      "Text '2024-13-01' could not be parsed: Invalid value for MonthOfYear (valid values 1 - "
      "12): 13");
  EXPECT_EQ(Parse("2024-02-30", "yyyy-MM-dd"),
            "Text '2024-02-30' could not be parsed: Invalid date 'FEBRUARY 30'");
  EXPECT_EQ(Parse("2024-1-2", "yyyy-MM-dd"), "Text '2024-1-2' could not be parsed at index 5");
  EXPECT_EQ(Parse("2024-01-02xx", "yyyy-MM-dd"),
            "Text '2024-01-02xx' could not be parsed, unparsed text found at index 10");
  EXPECT_EQ(Parse("", "yyyy"), "Text '' could not be parsed at index 0");
}

TEST(CivilTime, CountsDaysBothWays) {
  for (int64_t day : {-719528LL, -1LL, 0LL, 19782LL, 2932896LL, -10000000LL}) {
    EXPECT_EQ(DaysFromCivil(CivilFromDays(day)), day);
  }
  EXPECT_EQ(AddMonths(DaysFromCivil({2024, 1, 31}), 1), DaysFromCivil({2024, 2, 29}));
}

}  // namespace
}  // namespace ember
