#include "functions/rounding.h"

#include <charconv>
#include <cmath>
#include <cstring>
#include <string>

namespace ember {
namespace {

// Whether the magnitude goes up: `tail` is -1, 0 or 1 for less than, exactly and more than a half;
// has_rest tells whether anything is cut off at all.
bool GoesUp(Rounding rounding, int tail, bool has_rest, bool is_odd, bool is_negative) {
  switch (rounding) {
    case Rounding::kHalfUp:
      return tail >= 0;
    case Rounding::kHalfEven:
      return tail > 0 || (tail == 0 && is_odd);
    case Rounding::kFloor:
      return has_rest && is_negative;
    case Rounding::kCeiling:
      return has_rest && !is_negative;
  }
  return false;
}

}  // namespace

__int128 RoundAway(__int128 value, int places, Rounding rounding) {
  const bool is_negative = value < 0;
  if (places > 38) {
    const bool goes_up = GoesUp(rounding, -1, value != 0, false, is_negative);
    return goes_up ? (is_negative ? -1 : 1) : 0;
  }
  __int128 unit = 1;
  for (int i = 0; i < places; ++i) unit *= 10;
  const __int128 magnitude = is_negative ? -value : value;
  __int128 quotient = magnitude / unit;
  const __int128 rest = magnitude % unit;
  const __int128 other = unit - rest;
  const int tail = rest < other ? -1 : rest == other ? 0 : 1;
  if (GoesUp(rounding, tail, rest != 0, quotient % 2 != 0, is_negative)) ++quotient;
  return is_negative ? -quotient : quotient;
}

double RoundDouble(double value, int scale, Rounding rounding) {
  if (!std::isfinite(value)) return value;
  if (value == 0) return 0.0;  // BigDecimal has no negative zero
  // Shortest digits d.ddd…e±x, as Double.toString has them.
  char text[40];
  auto [end, error] = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific);
  const bool is_negative = text[0] == '-';
  char digits[24];
  int count = 0;
  const char* at = text + (is_negative ? 1 : 0);
  for (; at < end && *at != 'e'; ++at) {
    if (*at != '.') digits[count++] = *at;
  }
  int exponent = 0;
  std::from_chars(at + (at[1] == '+' ? 2 : 1), end, exponent);
  // The digit at index i stands for 10^(exponent - i); those below 10^-scale go.
  const int kept = exponent + scale + 1;
  if (kept >= count) return value;
  int tail = -1;
  if (kept >= 0) {
    tail = digits[kept] < '5' ? -1 : 1;
    if (digits[kept] == '5' && kept + 1 == count) tail = 0;
  }
  const bool is_odd = kept > 0 && (digits[kept - 1] - '0') % 2 != 0;
  const bool goes_up = GoesUp(rounding, tail, true, is_odd, is_negative);
  unsigned long long whole = 0;
  for (int i = 0; i < kept; ++i) whole = whole * 10 + static_cast<unsigned>(digits[i] - '0');
  if (goes_up) ++whole;
  // BigDecimal has no negative zero.
  if (whole == 0) return 0.0;
  char rounded[48];
  char* out = rounded;
  if (is_negative) *out++ = '-';
  out = std::to_chars(out, rounded + sizeof rounded, whole).ptr;
  *out++ = 'e';
  out = std::to_chars(out, rounded + sizeof rounded, -scale).ptr;
  double result = 0;
  auto [stop, fault] = std::from_chars(rounded, out, result);
  if (fault == std::errc::result_out_of_range)
    return std::strtod(std::string(rounded, out).c_str(), nullptr);
  return result;
}

}  // namespace ember
