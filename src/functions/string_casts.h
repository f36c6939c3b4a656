#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ember {

/// Spark's readings of strings, as cast does them; none where the text is malformed.

/// UTF8String.toLong within [minimum, maximum]; with `allow_decimal` (ANSI mode off) "1.9" is 1.
std::optional<int64_t> ParseInteger(std::string_view text, int64_t minimum, int64_t maximum,
                                    bool allow_decimal);
/// Double.parseDouble and Cast.processFloatingPointSpecialLiterals ("inf", "nan" in any case).
std::optional<double> ParseJavaDouble(std::string_view text);
std::optional<float> ParseJavaFloat(std::string_view text);
/// StringUtils.isTrueString and isFalseString.
std::optional<bool> ParseBoolean(std::string_view text);
/// new BigDecimal(text.trim), exactly: digits and where the point is (value = digits / 10^scale).
struct ParsedDecimal {
  bool is_negative = false;
  std::string digits;  // without leading zeros; empty for zero
  int64_t scale = 0;   // may be negative
};
std::optional<ParsedDecimal> ParseBigDecimal(std::string_view text);
/// The unscaled value at precision and scale, rounded half up; none when it does not fit.
std::optional<__int128> ToUnscaled(const ParsedDecimal& decimal, int precision, int scale);
/// BigDecimal.toPlainString.
std::string PlainText(const ParsedDecimal& decimal);
/// BigDecimal.toString of unscaled / 10^scale: scientific below 10^-6.
std::string BigDecimalText(__int128 unscaled, int scale);
/// SparkDateTimeUtils.stringToDate: days.
std::optional<int32_t> ParseSparkDate(std::string_view text);
/// SparkDateTimeUtils.stringToTimestamp in a zone: microseconds UTC. `zone` is a name for
/// Zone::Find.
std::optional<int64_t> ParseSparkTimestamp(std::string_view text, std::string_view zone);
/// stringToTimestampWithoutTimeZone: the wall clock; a zone in the text is ignored.
std::optional<int64_t> ParseSparkTimestampNtz(std::string_view text);
/// IntervalUtils.castStringToYMInterval and castStringToDTInterval; fields as IntervalField
/// numbers.
std::optional<int32_t> ParseYearMonthInterval(std::string_view text, int first, int last);
std::optional<int64_t> ParseDayTimeInterval(std::string_view text, int first, int last);
/// Their text: "INTERVAL '1-2' YEAR TO MONTH", "INTERVAL '1 02:03:04.5' DAY TO SECOND" …
std::string YearMonthIntervalText(int32_t months, int first, int last);
std::string DayTimeIntervalText(int64_t micros, int first, int last);
/// CalendarInterval.toString: "1 years 2 months 25 days 5 hours".
std::string CalendarIntervalText(int64_t months, int64_t days, int64_t micros);

}  // namespace ember
