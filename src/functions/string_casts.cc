#include "functions/string_casts.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "functions/exact_decimal.h"

namespace ember {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// UTF8String.isWhitespaceOrISOControl, for bytes.
bool IsSpaceOrControl(char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7F;
}

std::string_view TrimAll(std::string_view text) {
  while (!text.empty() && IsSpaceOrControl(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpaceOrControl(text.back())) text.remove_suffix(1);
  return text;
}

// String.trim.
std::string_view JavaTrim(std::string_view text) {
  auto is_trimmed = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!text.empty() && is_trimmed(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_trimmed(text.back())) text.remove_suffix(1);
  return text;
}

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return lower;
}

bool TakeSign(std::string_view& text) {
  if (text.empty() || (text[0] != '-' && text[0] != '+')) return false;
  const bool is_negative = text[0] == '-';
  text.remove_prefix(1);
  return is_negative;
}

// Length of a decimal floating point literal without sign and suffix, 0 for none.
size_t FloatLiteralLength(std::string_view text) {
  size_t i = 0, digits = 0;
  for (; i < text.size() && IsDigit(text[i]); ++i) ++digits;
  if (i < text.size() && text[i] == '.') {
    for (++i; i < text.size() && IsDigit(text[i]); ++i) ++digits;
  }
  if (digits == 0) return 0;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    size_t j = i + 1;
    if (j < text.size() && (text[j] == '-' || text[j] == '+')) ++j;
    if (j == text.size() || !IsDigit(text[j])) return 0;
    while (j < text.size() && IsDigit(text[j])) ++j;
    i = j;
  }
  return i;
}

float FromText(const char* text, char** end, float) { return std::strtof(text, end); }
double FromText(const char* text, char** end, double) { return std::strtod(text, end); }

template <typename T>
std::optional<T> ParseFloating(std::string_view text) {
  std::string_view trimmed = JavaTrim(text);
  std::string_view body = trimmed;
  const bool is_negative = TakeSign(body);
  size_t length = FloatLiteralLength(body);
  bool has_suffix = length + 1 == body.size() &&
                    std::string_view("fFdD").find(body[length]) != std::string_view::npos;
  if (length > 0 && (length == body.size() || has_suffix)) {
    body = body.substr(0, length);
    T value = 0;
    auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), value);
    if (error == std::errc::result_out_of_range) {
      value = FromText(std::string(body).c_str(), nullptr, T());
    }
    return is_negative ? -value : value;
  }
  const std::string lower = LowerAscii(JavaTrim(text));
  constexpr T kInfinity = std::numeric_limits<T>::infinity();
  if (lower == "inf" || lower == "+inf" || lower == "infinity" || lower == "+infinity") {
    return kInfinity;
  }
  if (lower == "-inf" || lower == "-infinity") return -kInfinity;
  if (lower == "nan" || trimmed == "+NaN" || trimmed == "-NaN") {
    return std::numeric_limits<T>::quiet_NaN();
  }
  if (lower.find("0x") <= 1 && lower.find('p') != std::string::npos) {
    char* end = nullptr;
    T value = FromText(lower.c_str(), &end, T());
    if (*end == '\0') return value;
  }
  return std::nullopt;
}

}  // namespace

std::optional<int64_t> ParseInteger(std::string_view text, int64_t minimum, int64_t maximum,
                                    bool allow_decimal) {
  text = TrimAll(text);
  if (text.empty()) return std::nullopt;
  const bool has_sign = text[0] == '-' || text[0] == '+';
  const bool is_negative = TakeSign(text);
  if (has_sign && text.empty()) return std::nullopt;
  __int128 value = 0;
  size_t i = 0;
  for (; i < text.size() && text[i] != '.'; ++i) {
    if (!IsDigit(text[i])) return std::nullopt;
    value = value * 10 + (text[i] - '0');
    if (value > __int128{1} << 64) return std::nullopt;
  }
  if (i < text.size()) {
    if (!allow_decimal) return std::nullopt;
    for (++i; i < text.size(); ++i) {
      if (!IsDigit(text[i])) return std::nullopt;
    }
  }
  if (is_negative) value = -value;
  if (value < minimum || value > maximum) return std::nullopt;
  return static_cast<int64_t>(value);
}

std::optional<double> ParseJavaDouble(std::string_view text) { return ParseFloating<double>(text); }

std::optional<float> ParseJavaFloat(std::string_view text) { return ParseFloating<float>(text); }

std::optional<bool> ParseBoolean(std::string_view text) {
  const std::string lower = LowerAscii(TrimAll(text));
  for (std::string_view word : {"t", "true", "y", "yes", "1"}) {
    if (lower == word) return true;
  }
  for (std::string_view word : {"f", "false", "n", "no", "0"}) {
    if (lower == word) return false;
  }
  return std::nullopt;
}

std::optional<ParsedDecimal> ParseBigDecimal(std::string_view text) {
  text = JavaTrim(text);
  ParsedDecimal decimal;
  decimal.is_negative = TakeSign(text);
  const size_t length = FloatLiteralLength(text);
  if (length == 0 || length != text.size()) return std::nullopt;
  size_t i = 0;
  bool is_fraction = false;
  for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
    if (text[i] == '.') {
      is_fraction = true;
      continue;
    }
    decimal.scale += is_fraction ? 1 : 0;
    if (!decimal.digits.empty() || text[i] != '0') decimal.digits += text[i];
  }
  if (i < text.size()) {
    std::string_view exponent_text = text.substr(i + 1);
    const bool is_negative = TakeSign(exponent_text);
    int64_t exponent = 0;
    auto [end, error] = std::from_chars(exponent_text.data(),
                                        exponent_text.data() + exponent_text.size(), exponent);
    if (error != std::errc() || exponent > std::numeric_limits<int32_t>::max()) return std::nullopt;
    decimal.scale += is_negative ? exponent : -exponent;
  }
  return decimal;
}

std::optional<__int128> ToUnscaled(const ParsedDecimal& decimal, int precision, int scale) {
  const std::string& digits = decimal.digits;
  if (digits.empty()) return 0;
  // Digits kept: those up to `scale` places after the point.
  const int64_t kept = static_cast<int64_t>(digits.size()) - decimal.scale + scale;
  if (kept > precision) return std::nullopt;
  if (kept < 0) return 0;
  __int128 value = 0;
  for (int64_t i = 0; i < kept; ++i) {
    const bool has_digit = i < static_cast<int64_t>(digits.size());
    value = value * 10 + (has_digit ? digits[static_cast<size_t>(i)] - '0' : 0);
  }
  if (kept < static_cast<int64_t>(digits.size()) && digits[static_cast<size_t>(kept)] >= '5')
    ++value;
  __int128 limit = 1;
  for (int i = 0; i < precision; ++i) limit *= 10;
  if (value >= limit) return std::nullopt;
  return decimal.is_negative ? -value : value;
}

std::string PlainText(const ParsedDecimal& decimal) {
  std::string text = decimal.digits;
  if (decimal.scale <= 0) {
    if (text.empty()) return "0";
    text.append(static_cast<size_t>(-decimal.scale), '0');
  } else {
    const auto scale = static_cast<size_t>(decimal.scale);
    if (text.size() <= scale) text.insert(0, scale + 1 - text.size(), '0');
    text.insert(text.size() - scale, ".");
  }
  return decimal.is_negative && !decimal.digits.empty() ? "-" + text : text;
}

std::string BigDecimalText(__int128 unscaled, int scale) {
  std::string digits = ExactInteger(unscaled < 0 ? -unscaled : unscaled).ToPlainText(0);
  const int adjusted = static_cast<int>(digits.size()) - 1 - scale;
  if (adjusted >= -6) return ExactInteger(unscaled).ToPlainText(scale);
  std::string text = unscaled < 0 ? "-" : "";
  text += digits[0];
  if (digits.size() > 1) text += "." + digits.substr(1);
  return text + "E" + std::to_string(adjusted);
}

}  // namespace ember
