#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "types/value.h"

namespace ember {
namespace {

// Java's Double.toString and Float.toString: the shortest digits that read back, plain from 1e-3 to
// 1e7, else one digit before the point and an exponent.
template <typename T>
std::string JavaText(T value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  if (value == 0) return std::signbit(value) ? "-0.0" : "0.0";
  char buffer[64];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, std::abs(value), std::chars_format::scientific)
          .ptr;
  const std::string_view text(buffer, static_cast<size_t>(end - buffer));
  const size_t e = text.find('e');
  int exponent = 0;
  const size_t exponent_at = e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(text.data() + exponent_at, text.data() + text.size(), exponent);
  std::string digits(1, text[0]);
  if (e > 2) digits += text.substr(2, e - 2);
  // Java never writes one digit alone: of the numbers of two digits it takes the closest
  // (4.9E-324).
  if (char two[32]; digits.size() == 1) {
    std::snprintf(two, sizeof two, "%.1e", static_cast<double>(std::abs(value)));
    T read = 0;
    std::from_chars(two, two + std::strlen(two), read);
    if (read == std::abs(value) && two[2] != '0') {
      digits = {two[0], two[2]};
      exponent = std::atoi(two + 4);
    }
  }
  std::string out = value < 0 ? "-" : "";
  const int count = static_cast<int>(digits.size());
  if (exponent >= -3 && exponent < 7) {
    if (exponent < 0) {
      out += "0." + std::string(static_cast<size_t>(-exponent - 1), '0') + digits;
    } else {
      if (count <= exponent) digits += std::string(static_cast<size_t>(exponent + 1 - count), '0');
      const std::string fraction = digits.substr(static_cast<size_t>(exponent) + 1);
      out += digits.substr(0, static_cast<size_t>(exponent) + 1) + "." +
             (fraction.empty() ? "0" : fraction);
    }
  } else {
    out += digits.substr(0, 1) + "." + (count > 1 ? digits.substr(1) : "0") + "E" +
           std::to_string(exponent);
  }
  return out;
}

}  // namespace

std::string JavaDoubleText(double value) { return JavaText(value); }
std::string JavaFloatText(float value) { return JavaText(value); }

std::string DecimalText(Int128 unscaled, int scale) {
  const bool negative = unscaled < 0;
  unsigned __int128 rest = negative ? -static_cast<unsigned __int128>(unscaled)
                                    : static_cast<unsigned __int128>(unscaled);
  std::string digits;
  do {
    digits += static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  } while (rest != 0);
  while (static_cast<int>(digits.size()) <= scale) digits += '0';
  std::reverse(digits.begin(), digits.end());
  if (scale > 0) digits.insert(digits.size() - static_cast<size_t>(scale), ".");
  return (negative ? "-" : "") + digits;
}

std::string DateText(int64_t days) {
  // Days to civil date in the proleptic Gregorian calendar, by 400-year eras that begin on
  // 0000-03-01.
  const int64_t shifted = days + 719468;
  const int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const int64_t day_of_era = shifted - era * 146097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t month_index = (5 * day_of_year + 2) / 153;
  const int64_t day = day_of_year - (153 * month_index + 2) / 5 + 1;
  const int64_t month = month_index < 10 ? month_index + 3 : month_index - 9;
  const int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  if (year > 9999) return fmt::format("+{}-{:02}-{:02}", year, month, day);
  if (year < 0) return fmt::format("-{:04}-{:02}-{:02}", -year, month, day);
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::string TimestampText(int64_t microseconds) {
  constexpr int64_t kDay = 86'400'000'000;
  int64_t days = microseconds / kDay;
  int64_t rest = microseconds % kDay;
  if (rest < 0) {
    rest += kDay;
    --days;
  }
  const int64_t seconds = rest / 1'000'000;
  std::string out = fmt::format("{} {:02}:{:02}:{:02}", DateText(days), seconds / 3600,
                                seconds / 60 % 60, seconds % 60);
  if (const int64_t fraction = rest % 1'000'000; fraction != 0) {
    std::string digits = fmt::format("{:06}", fraction);
    digits.erase(digits.find_last_not_of('0') + 1);
    out += "." + digits;
  }
  return out;
}

}  // namespace ember
