#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "functions/native_kernels.h"
#include "functions/native_tables.h"
#include "functions/number_format.h"
#include "functions/string_casts.h"

namespace ember {
namespace {

// A number as its exact decimal digits: DecimalFormat rounds the binary value itself, not its
// shortest text.
std::string ExactDigits(double value) {
  char text[1100];
  const int size = std::snprintf(text, sizeof text, "%.1074f", std::fabs(value));
  std::string digits(text, static_cast<size_t>(size));
  while (digits.ends_with('0')) digits.pop_back();
  if (digits.ends_with('.')) digits.pop_back();
  return digits;
}

std::string FormatSpecial(double value) {
  if (std::isnan(value)) return "NaN";
  return value < 0 ? "-∞" : "∞";
}

std::optional<std::string> FormatDouble(double value, int32_t digits) {
  if (digits < 0) return std::nullopt;
  if (!std::isfinite(value)) return FormatSpecial(value);
  return FormatDigits(ExactDigits(value), std::signbit(value), DigitsPattern(digits));
}
std::optional<std::string> FormatDecimal(std::string_view plain, int32_t digits) {
  if (digits < 0) return std::nullopt;
  const bool is_negative = plain.starts_with('-');
  return FormatDigits(std::string(plain.substr(is_negative ? 1 : 0)), is_negative,
                      DigitsPattern(digits));
}
std::optional<std::string> FormatDoublePattern(double value, std::string_view pattern) {
  auto parsed = ParseNumberPattern(pattern);
  if (!parsed) return std::nullopt;
  if (!std::isfinite(value)) return FormatSpecial(value);
  return FormatDigits(ExactDigits(value), std::signbit(value), *parsed);
}
std::optional<std::string> FormatDecimalPattern(std::string_view plain, std::string_view pattern) {
  auto parsed = ParseNumberPattern(pattern);
  if (!parsed) return std::nullopt;
  const bool is_negative = plain.starts_with('-');
  return FormatDigits(std::string(plain.substr(is_negative ? 1 : 0)), is_negative, *parsed);
}

// ---- java.util.Formatter, one conversion each ----

std::string Padded(std::string text, std::string_view flags, int32_t width) {
  int64_t size = 0;
  for (char c : text) size += (c & 0xC0) != 0x80;
  if (size >= width) return text;
  const std::string padding(static_cast<size_t>(width - size), ' ');
  return flags.find('-') != std::string_view::npos ? text + padding : padding + text;
}

bool Has(std::string_view flags, char flag) { return flags.find(flag) != std::string_view::npos; }

// Digits (and a fraction) with the flags ',' '0' '+' ' ' '('.
std::string Decorated(std::string digits, bool is_negative, std::string_view flags, int32_t width) {
  if (Has(flags, ',')) {
    const size_t point = std::min(digits.find('.'), digits.size());
    for (size_t i = point; i > 3; i -= 3) digits.insert(i - 3, ",");
  }
  std::string before = is_negative       ? (Has(flags, '(') ? "(" : "-")
                       : Has(flags, '+') ? "+"
                       : Has(flags, ' ') ? " "
                                         : "";
  std::string after = is_negative && Has(flags, '(') ? ")" : "";
  if (Has(flags, '0')) {
    while (static_cast<int32_t>(before.size() + digits.size() + after.size()) < width) {
      digits.insert(0, "0");
    }
  }
  return Padded(before + digits + after, flags, width);
}

std::string FormatInteger(int64_t value, std::string_view flags, int32_t width) {
  std::string digits = std::to_string(value);
  if (value < 0) digits.erase(0, 1);
  return Decorated(digits, value < 0, flags, width);
}

// %x and %o of an int (32 bits) or a long.
std::string FormatBits(int64_t value, std::string_view flags, int32_t width, int32_t bits) {
  auto magnitude = static_cast<uint64_t>(value);
  if (bits < 64) magnitude &= (uint64_t{1} << bits) - 1;
  std::string digits = Has(flags, 'o')   ? fmt::format("{:o}", magnitude)
                       : Has(flags, 'X') ? fmt::format("{:X}", magnitude)
                                         : fmt::format("{:x}", magnitude);
  if (Has(flags, '#')) digits.insert(0, Has(flags, 'o') ? "0" : "0x");
  return Decorated(digits, false, Has(flags, '0') ? "0" : Has(flags, '-') ? "-" : "", width);
}

// %f, %e and %g: Java rounds the shortest digits half up.
std::string FormatFloating(double value, std::string_view flags, int32_t width, int32_t precision) {
  if (std::isnan(value)) return Padded("NaN", flags, width);
  const bool is_negative = std::signbit(value);
  const double size = std::fabs(value);
  if (std::isinf(value)) return Padded(is_negative ? "-Infinity" : "Infinity", flags, width);
  if (Has(flags, 'e'))
    return Decorated(ScientificDigits(size, precision), is_negative, flags, width);
  if (Has(flags, 'g')) {
    const int32_t wanted = precision == 0 ? 1 : precision;
    if (size != 0 && (size < 1e-4 || size >= std::pow(10, wanted))) {
      return Decorated(ScientificDigits(size, wanted - 1), is_negative, flags, width);
    }
    const int exponent = size == 0 ? 0 : static_cast<int>(std::floor(std::log10(size)));
    return Decorated(FixedDigits(size, wanted - 1 - exponent), is_negative, flags, width);
  }
  return Decorated(FixedDigits(size, precision), is_negative, flags, width);
}

std::string FormatText(std::string_view text, std::string_view flags, int32_t width,
                       int32_t precision) {
  std::string shown(text);
  if (precision >= 0) {
    size_t at = 0;
    for (int32_t i = 0; i < precision && at < shown.size(); ++i) {
      for (++at; at < shown.size() && (shown[at] & 0xC0) == 0x80;) ++at;
    }
    shown.resize(at);
  }
  return Padded(shown, flags, width);
}

std::string CodePoint(int32_t code) {
  std::string out;
  auto add = [&](int32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xC0 | (code >> 6));
    add(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    add(0xE0 | (code >> 12));
    add(0x80 | ((code >> 6) & 0x3F));
    add(0x80 | (code & 0x3F));
  } else {
    add(0xF0 | (code >> 18));
    add(0x80 | ((code >> 12) & 0x3F));
    add(0x80 | ((code >> 6) & 0x3F));
    add(0x80 | (code & 0x3F));
  }
  return out;
}

}  // namespace

std::vector<NativeFunction> FormatNatives() {
  return {
      Native<FormatDouble>("ember_format_double"),
      Native<FormatDecimal>("ember_format_decimal"),
      Native<FormatDoublePattern>("ember_format_double_pattern"),
      Native<FormatDecimalPattern>("ember_format_decimal_pattern"),
      Native<FormatInteger>("ember_format_integer"),
      Native<FormatBits>("ember_format_bits"),
      Native<FormatFloating>("ember_format_floating"),
      Native<FormatText>("ember_format_text"),
      Native<CodePoint>("ember_code_point"),
  };
}

}  // namespace ember
