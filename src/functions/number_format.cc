#include "functions/number_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace ember {
namespace {

// Adds one to the last of the decimal digits in `text` (which may hold a point).
std::string Incremented(std::string text) {
  for (size_t i = text.size(); i-- > 0;) {
    if (text[i] == '.') continue;
    if (text[i] != '9') {
      ++text[i];
      return text;
    }
    text[i] = '0';
  }
  return "1" + text;
}

// Shortest digits of a positive value and its decimal exponent: d.ddd × 10^exponent.
struct ShortestDigits {
  std::string digits;
  int exponent = 0;
};
ShortestDigits Shortest(double value) {
  char text[40];
  auto [end, error] = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific);
  ShortestDigits shortest;
  const char* at = text;
  for (; *at != 'e'; ++at) {
    if (*at != '.') shortest.digits += *at;
  }
  std::from_chars(at + (at[1] == '+' ? 2 : 1), end, shortest.exponent);
  return shortest;
}

// The first `kept` digits, rounded half up; one more digit when the rounding carries.
std::string RoundedDigits(const std::string& digits, int kept) {
  if (kept < 0) return "0";
  const auto size = static_cast<size_t>(kept);
  if (size >= digits.size()) return digits + std::string(size - digits.size(), '0');
  std::string head = digits.substr(0, size);
  if (digits[size] < '5') return head;
  return head.empty() ? "1" : Incremented(head);
}

}  // namespace

NumberPattern DigitsPattern(int digits) {
  NumberPattern pattern;
  pattern.group = 3;
  pattern.min_fraction = digits;
  pattern.max_fraction = digits;
  return pattern;
}

std::optional<NumberPattern> ParseNumberPattern(std::string_view text) {
  NumberPattern pattern;
  if (text.empty()) {
    pattern.group = 3;
    pattern.min_integer = 0;
    pattern.max_fraction = 340;
    return pattern;
  }
  std::string_view negative;
  if (const size_t semicolon = text.find(';'); semicolon != std::string_view::npos) {
    negative = text.substr(semicolon + 1);
    text = text.substr(0, semicolon);
  }
  if (text.find_first_of("'E\u2030\u00A4") != std::string_view::npos) return std::nullopt;
  constexpr std::string_view kDigits = "#0,.";
  const size_t first = text.find_first_of(kDigits);
  if (first == std::string_view::npos) return std::nullopt;
  const size_t last = text.find_last_of(kDigits);
  pattern.prefix = text.substr(0, first);
  pattern.suffix = text.substr(last + 1);
  if (text.find('%') != std::string_view::npos) pattern.multiplier_digits = 2;
  pattern.min_integer = 0;
  bool is_fraction = false, has_comma = false;
  int since_comma = 0;
  for (char c : text.substr(first, last - first + 1)) {
    if (c == '.') {
      is_fraction = true;
    } else if (c == ',') {
      has_comma = true;
      since_comma = 0;
    } else if (c != '#' && c != '0') {
      return std::nullopt;
    } else if (is_fraction) {
      ++pattern.max_fraction;
      if (c == '0') pattern.min_fraction = pattern.max_fraction;
    } else {
      ++since_comma;
      if (c == '0') ++pattern.min_integer;
    }
  }
  if (has_comma) pattern.group = since_comma;
  // "#" alone, or "#.": at least one digit; "#.##" may have none before the point.
  if (pattern.min_integer == 0 && pattern.max_fraction == 0) pattern.min_integer = 1;
  if (!negative.empty()) {
    const size_t begin = negative.find_first_of(kDigits);
    if (begin == std::string_view::npos) return std::nullopt;
    pattern.negative_prefix = std::string(negative.substr(0, begin));
    pattern.negative_suffix = std::string(negative.substr(negative.find_last_of(kDigits) + 1));
  }
  return pattern;
}

std::string FormatDigits(std::string digits, bool is_negative, const NumberPattern& pattern) {
  size_t point = digits.find('.');
  std::string whole = digits.substr(0, point);
  std::string fraction = point == std::string::npos ? "" : digits.substr(point + 1);
  for (int i = 0; i < pattern.multiplier_digits; ++i) {
    whole += fraction.empty() ? '0' : fraction[0];
    if (!fraction.empty()) fraction.erase(0, 1);
  }
  const auto kept = static_cast<size_t>(pattern.max_fraction);
  if (fraction.size() > kept) {
    const std::string rest = fraction.substr(kept);
    fraction.resize(kept);
    const bool is_half = rest[0] == '5' && rest.find_first_not_of('0', 1) == std::string::npos;
    const char last = kept > 0 ? fraction.back() : whole.empty() ? '0' : whole.back();
    if (rest[0] > '5' || (rest[0] == '5' && (!is_half || (last - '0') % 2 != 0))) {
      const size_t size = whole.size();
      std::string all = Incremented(whole + fraction);
      const size_t grown = all.size() - size - fraction.size();
      whole = all.substr(0, size + grown);
      fraction = all.substr(size + grown);
    }
  }
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  while (static_cast<int>(whole.size()) < pattern.min_integer) whole.insert(0, "0");
  while (static_cast<int>(fraction.size()) > pattern.min_fraction && fraction.ends_with('0')) {
    fraction.pop_back();
  }
  while (static_cast<int>(fraction.size()) < pattern.min_fraction) fraction += '0';
  if (whole.empty() && fraction.empty()) whole = "0";
  if (pattern.group > 0) {
    const auto group = static_cast<size_t>(pattern.group);
    for (size_t i = whole.size(); i > group; i -= group) whole.insert(i - group, ",");
  }
  std::string text = whole + (fraction.empty() ? "" : "." + fraction);
  if (!is_negative) return pattern.prefix + text + pattern.suffix;
  return pattern.negative_prefix.value_or("-" + pattern.prefix) + text +
         pattern.negative_suffix.value_or(pattern.suffix);
}

std::string FixedDigits(double value, int precision) {
  precision = std::max(precision, 0);
  std::string digits = "0";
  if (value != 0) {
    const ShortestDigits shortest = Shortest(value);
    digits = RoundedDigits(shortest.digits, shortest.exponent + 1 + precision);
  }
  // `digits` ends `precision` places after the point.
  const auto size = static_cast<size_t>(precision);
  if (digits.size() <= size) digits.insert(0, size + 1 - digits.size(), '0');
  if (size > 0) digits.insert(digits.size() - size, ".");
  return digits;
}

std::string ScientificDigits(double value, int precision) {
  ShortestDigits shortest = value == 0 ? ShortestDigits{"0", 0} : Shortest(value);
  std::string digits = RoundedDigits(shortest.digits, precision + 1);
  if (static_cast<int>(digits.size()) > precision + 1) {
    ++shortest.exponent;
    digits.pop_back();
  }
  if (precision > 0) digits.insert(1, ".");
  const int exponent = shortest.exponent;
  return fmt::format("{}e{}{:02}", digits, exponent < 0 ? '-' : '+', std::abs(exponent));
}

}  // namespace ember
