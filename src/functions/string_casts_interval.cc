#include <fmt/format.h>

#include <cctype>
#include <limits>
#include <span>

#include "functions/string_casts.h"

namespace ember {
namespace {

constexpr std::string_view kYearMonthFields[] = {"YEAR", "MONTH"};
constexpr std::string_view kDayTimeFields[] = {"DAY", "HOUR", "MINUTE", "SECOND"};
constexpr int64_t kMicrosPerField[] = {86'400'000'000, 3'600'000'000, 60'000'000, 1'000'000};

std::string Suffix(std::span<const std::string_view> fields, int first, int last) {
  std::string text(fields[static_cast<size_t>(first)]);
  if (first != last) text.append(" TO ").append(fields[static_cast<size_t>(last)]);
  return text;
}

// The text between the quotes of "INTERVAL [+-]'…' suffix" (any case), or the whole text;
// `is_negative` is turned over by a sign before the quotes.
std::optional<std::string> Quoted(std::string_view text, const std::string& suffix,
                                  bool* is_negative) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  std::string upper(text);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (!upper.starts_with("INTERVAL")) return upper;
  std::string_view rest = std::string_view(upper).substr(8);
  if (!rest.ends_with(suffix)) return std::nullopt;
  rest.remove_suffix(suffix.size());
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  while (!rest.empty() && rest.back() == ' ') rest.remove_suffix(1);
  if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) {
    *is_negative = rest[0] == '-';
    rest.remove_prefix(1);
  }
  if (rest.size() < 2 || rest.front() != '\'' || rest.back() != '\'') return std::nullopt;
  return std::string(rest.substr(1, rest.size() - 2));
}

bool TakeSign(std::string_view& text) {
  if (text.empty() || (text[0] != '-' && text[0] != '+')) return false;
  const bool is_negative = text[0] == '-';
  text.remove_prefix(1);
  return is_negative;
}

std::optional<int64_t> TakeNumber(std::string_view& text) {
  size_t digits = 0;
  int64_t value = 0;
  for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
    if (digits >= 18) return std::nullopt;
    value = value * 10 + (text[digits] - '0');
  }
  if (digits == 0) return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

bool TakeCharacter(std::string_view& text, char c) {
  if (text.empty() || text[0] != c) return false;
  text.remove_prefix(1);
  return true;
}

std::string SecondsText(int64_t micros, bool is_padded) {
  std::string text =
      is_padded ? fmt::format("{:02}", micros / 1'000'000) : fmt::format("{}", micros / 1'000'000);
  if (micros % 1'000'000 == 0) return text;
  text += fmt::format(".{:06}", micros % 1'000'000);
  while (text.back() == '0') text.pop_back();
  return text;
}

}  // namespace

std::optional<int32_t> ParseYearMonthInterval(std::string_view text, int first, int last) {
  bool is_negative = false;
  auto body = Quoted(text, Suffix(kYearMonthFields, first, last), &is_negative);
  if (!body) return std::nullopt;
  std::string_view rest = *body;
  if (TakeSign(rest)) is_negative = !is_negative;
  auto number = TakeNumber(rest);
  if (!number) return std::nullopt;
  int64_t months = first == 0 ? *number * 12 : *number;
  if (first != last) {
    if (!TakeCharacter(rest, '-')) return std::nullopt;
    auto second = TakeNumber(rest);
    if (!second || *second > 11) return std::nullopt;
    months += *second;
  }
  if (is_negative) months = -months;
  if (!rest.empty() || months > INT32_MAX || months < INT32_MIN) return std::nullopt;
  return static_cast<int32_t>(months);
}

std::optional<int64_t> ParseDayTimeInterval(std::string_view text, int first, int last) {
  bool is_negative = false;
  auto body = Quoted(text, Suffix(kDayTimeFields, first, last), &is_negative);
  if (!body) return std::nullopt;
  std::string_view rest = *body;
  if (TakeSign(rest)) is_negative = !is_negative;
  __int128 micros = 0;
  for (int field = first; field <= last; ++field) {
    if (field > first && !TakeCharacter(rest, field == 1 ? ' ' : ':')) return std::nullopt;
    auto number = TakeNumber(rest);
    if (!number) return std::nullopt;
    if (field > first && *number > (field == 1 ? 23 : 59)) return std::nullopt;
    micros += static_cast<__int128>(*number) * kMicrosPerField[field];
  }
  if (last == 3 && TakeCharacter(rest, '.')) {
    int64_t unit = 100'000;
    if (rest.size() > 9) return std::nullopt;
    for (; !rest.empty() && rest[0] >= '0' && rest[0] <= '9'; rest.remove_prefix(1), unit /= 10) {
      micros += (rest[0] - '0') * unit;
    }
  }
  if (is_negative) micros = -micros;
  if (!rest.empty() || micros > INT64_MAX || micros < INT64_MIN) return std::nullopt;
  return static_cast<int64_t>(micros);
}

std::string YearMonthIntervalText(int32_t months, int first, int last) {
  const int64_t magnitude = months < 0 ? -int64_t{months} : months;
  std::string text = months < 0 ? "-" : "";
  if (first == 0) text += std::to_string(magnitude / 12);
  if (first == 0 && last == 1) text += "-";
  if (last == 1) text += std::to_string(first == 0 ? magnitude % 12 : magnitude);
  return fmt::format("INTERVAL '{}' {}", text, Suffix(kYearMonthFields, first, last));
}

std::string DayTimeIntervalText(int64_t micros, int first, int last) {
  // -2^63 has no positive counterpart: count in 128 bits.
  __int128 rest = micros < 0 ? -static_cast<__int128>(micros) : micros;
  std::string text = micros < 0 ? "-" : "";
  for (int field = first; field <= last; ++field) {
    if (field > first) text += field == 1 ? ' ' : ':';
    auto value = static_cast<int64_t>(rest / kMicrosPerField[field]);
    if (field == 3) {
      text += SecondsText(static_cast<int64_t>(rest), true);
    } else if (field == 0) {
      text += std::to_string(value);
    } else {
      text += fmt::format("{:02}", value);
    }
    rest %= kMicrosPerField[field];
  }
  return fmt::format("INTERVAL '{}' {}", text, Suffix(kDayTimeFields, first, last));
}

std::string CalendarIntervalText(int64_t months, int64_t days, int64_t micros) {
  std::string text;
  auto add = [&](int64_t value, std::string_view unit) {
    if (value != 0) text += fmt::format("{}{} {}", text.empty() ? "" : " ", value, unit);
  };
  add(months / 12, "years");
  add(months % 12, "months");
  add(days, "days");
  add(micros / kMicrosPerField[1], "hours");
  add(micros % kMicrosPerField[1] / kMicrosPerField[2], "minutes");
  const int64_t rest = micros % kMicrosPerField[2];
  if (rest != 0) {
    std::string seconds = SecondsText(rest < 0 ? -rest : rest, false);
    text += fmt::format("{}{}{} seconds", text.empty() ? "" : " ", rest < 0 ? "-" : "", seconds);
  }
  return text.empty() ? "0 seconds" : text;
}

}  // namespace ember
