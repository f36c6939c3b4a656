#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ember {

/// A java.text.DecimalFormat pattern: "#,##0.00".
struct NumberPattern {
  std::string prefix, suffix;
  std::optional<std::string> negative_prefix, negative_suffix;
  int min_integer = 1;
  int group = 0;  // digits between commas, 0 for none
  int min_fraction = 0;
  int max_fraction = 0;
  int multiplier_digits = 0;  // 2 for a percent sign
};

/// The pattern of format_number(x, digits).
NumberPattern DigitsPattern(int digits);
/// None for what this reader does not know (exponents, quotes).
std::optional<NumberPattern> ParseNumberPattern(std::string_view pattern);
/// Formats exact digits "123.45" (no sign), rounding half to even.
std::string FormatDigits(std::string digits, bool is_negative, const NumberPattern& pattern);

/// value ≥ 0 with `precision` digits after the point, its shortest digits rounded half up
/// (Formatter's %f, %e).
std::string FixedDigits(double value, int precision);
std::string ScientificDigits(double value, int precision);

}  // namespace ember
