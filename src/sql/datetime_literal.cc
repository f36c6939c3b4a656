#include "sql/datetime_literal.h"

#include <array>
#include <cctype>

namespace ember {
namespace {

constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr int64_t kSecondsPerDay = 86'400;

// Spark trims spaces and control characters.
std::string_view Trim(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

bool IsLeapYear(int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int64_t DaysFromCivil(int64_t year, int64_t month, int64_t day) {
  year -= month <= 2;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t year_of_era = year - era * 400;
  const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

// A cursor over the text; Number takes a run of digits of a permitted length.
struct Cursor {
  std::string_view text;

  bool Take(char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
  }
  std::optional<int64_t> Number(size_t min_digits, size_t max_digits) {
    size_t count = 0;
    int64_t value = 0;
    while (count < text.size() && std::isdigit(static_cast<unsigned char>(text[count]))) {
      if (count < max_digits) value = value * 10 + (text[count] - '0');
      ++count;
    }
    if (count < min_digits || count > max_digits) return std::nullopt;
    text.remove_prefix(count);
    return value;
  }
};

// Takes a date from the front; `is_complete` says whether it went down to the day.
std::optional<int64_t> TakeDate(Cursor& cursor, bool& is_complete) {
  const bool negative = cursor.Take('-');
  if (!negative) cursor.Take('+');
  const auto year = cursor.Number(4, 7);
  if (!year) return std::nullopt;
  int64_t month = 1;
  int64_t day = 1;
  is_complete = false;
  if (cursor.Take('-')) {
    const auto parsed_month = cursor.Number(1, 2);
    if (!parsed_month) return std::nullopt;
    month = *parsed_month;
    if (cursor.Take('-')) {
      const auto parsed_day = cursor.Number(1, 2);
      if (!parsed_day) return std::nullopt;
      day = *parsed_day;
      is_complete = true;
    }
  }
  constexpr std::array<int, 13> kDays = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int64_t signed_year = negative ? -*year : *year;
  if (month < 1 || month > 12 || day < 1 || day > kDays[static_cast<size_t>(month)]) return std::nullopt;
  if (month == 2 && day == 29 && !IsLeapYear(signed_year)) return std::nullopt;
  return DaysFromCivil(signed_year, month, day);
}

// Microseconds of a fraction's digits; what is beyond six digits is dropped.
int64_t TakeFraction(Cursor& cursor) {
  int64_t value = 0;
  int digits = 0;
  while (!cursor.text.empty() && std::isdigit(static_cast<unsigned char>(cursor.text.front()))) {
    if (digits++ < 6) value = value * 10 + (cursor.text.front() - '0');
    cursor.text.remove_prefix(1);
  }
  for (; digits < 6; ++digits) value *= 10;
  return value;
}

}  // namespace

std::optional<int64_t> ParseDateLiteral(std::string_view text) {
  text = Trim(text);
  if (text == "epoch") return 0;
  Cursor cursor{text};
  bool is_complete = false;
  const auto days = TakeDate(cursor, is_complete);
  if (!days) return std::nullopt;
  if (cursor.text.empty()) return days;
  return is_complete && (cursor.text[0] == ' ' || cursor.text[0] == 'T') ? days : std::nullopt;
}

std::optional<TimestampLiteral> ParseTimestampLiteral(std::string_view text) {
  text = Trim(text);
  if (text == "epoch") return TimestampLiteral{.microseconds = 0, .zone = "UTC"};
  Cursor cursor{text};
  bool is_complete = false;
  const auto days = TakeDate(cursor, is_complete);
  if (!days) return std::nullopt;
  int64_t seconds = *days * kSecondsPerDay;
  if (cursor.text.empty()) return TimestampLiteral{.microseconds = seconds * kMicrosPerSecond, .zone = ""};
  if (!is_complete || (!cursor.Take(' ') && !cursor.Take('T'))) return std::nullopt;
  const auto hour = cursor.Number(1, 2);
  if (!hour || *hour > 23) return std::nullopt;
  seconds += *hour * 3600;
  int64_t fraction = 0;
  if (cursor.Take(':')) {
    const auto minute = cursor.Number(1, 2);
    if (!minute || *minute > 59) return std::nullopt;
    seconds += *minute * 60;
    if (cursor.Take(':')) {
      const auto second = cursor.Number(1, 2);
      if (!second || *second > 59) return std::nullopt;
      seconds += *second;
      if (cursor.Take('.')) fraction = TakeFraction(cursor);
    }
  }
  return TimestampLiteral{.microseconds = seconds * kMicrosPerSecond + fraction,
                          .zone = std::string(Trim(cursor.text))};
}

std::optional<int64_t> FixedZoneOffset(std::string_view zone) {
  if (zone == "Z" || zone == "UTC" || zone == "GMT" || zone == "UT") return 0;
  for (const std::string_view prefix : {"UTC", "GMT", "UT"}) {
    if (zone.starts_with(prefix) && zone.size() > prefix.size()) {
      zone.remove_prefix(prefix.size());
      break;
    }
  }
  Cursor cursor{zone};
  const bool negative = cursor.Take('-');
  if (!negative && !cursor.Take('+')) return std::nullopt;
  const auto hours = cursor.Number(1, 2);
  if (!hours || *hours > 18) return std::nullopt;
  int64_t offset = *hours * 3600;
  if (cursor.Take(':')) {
    const auto minutes = cursor.Number(1, 2);
    if (!minutes || *minutes > 59) return std::nullopt;
    offset += *minutes * 60;
  }
  if (!cursor.text.empty()) return std::nullopt;
  return negative ? -offset : offset;
}

}  // namespace ember
