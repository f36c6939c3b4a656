#include <algorithm>
#include <cmath>
#include <limits>

#include "functions/java_math.h"
#include "functions/native_kernels.h"
#include "functions/native_tables.h"
#include "functions/rounding.h"

namespace ember {
namespace {

bool AddOverflows(int64_t a, int64_t b) {
  int64_t result;
  return __builtin_add_overflow(a, b, &result);
}
bool SubtractOverflows(int64_t a, int64_t b) {
  int64_t result;
  return __builtin_sub_overflow(a, b, &result);
}
bool MultiplyOverflows(int64_t a, int64_t b) {
  int64_t result;
  return __builtin_mul_overflow(a, b, &result);
}
int64_t AddWrapping(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
}
int64_t SubtractWrapping(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) - static_cast<uint64_t>(b));
}
int64_t MultiplyWrapping(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b));
}

int64_t RemainderOf(int64_t a, int64_t b) { return b == -1 ? 0 : a % b; }

// Pmod.pmod: the divisor's sign matters only for negative remainders.
std::optional<int64_t> Pmod(int64_t a, int64_t b) {
  if (b == 0) return std::nullopt;
  int64_t remainder = RemainderOf(a, b);
  return remainder < 0 ? RemainderOf(AddWrapping(remainder, b), b) : remainder;
}

int32_t ShiftLeftInt(int32_t a, int32_t count) {
  return static_cast<int32_t>(static_cast<uint32_t>(a) << (count & 31));
}
int64_t ShiftLeftLong(int64_t a, int32_t count) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) << (count & 63));
}
int32_t ShiftRightInt(int32_t a, int32_t count) { return a >> (count & 31); }
int64_t ShiftRightLong(int64_t a, int32_t count) { return a >> (count & 63); }
int32_t ShiftRightUnsignedInt(int32_t a, int32_t count) {
  return static_cast<int32_t>(static_cast<uint32_t>(a) >> (count & 31));
}
int64_t ShiftRightUnsignedLong(int64_t a, int32_t count) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) >> (count & 63));
}

// Math functions that are null where they have an asymptote (UnaryLogExpression).
std::optional<double> Ln(double x) {
  if (x <= 0) return std::nullopt;
  return StrictLog(x);
}
std::optional<double> Log2(double x) {
  if (x <= 0) return std::nullopt;
  return StrictLog(x) / StrictLog(2);
}
std::optional<double> Log10(double x) {
  if (x <= 0) return std::nullopt;
  return StrictLog10(x);
}
std::optional<double> Log1p(double x) {
  if (x <= -1) return std::nullopt;
  return StrictLog1p(x);
}
std::optional<double> LogBase(double base, double x) {
  if (base <= 0 || x <= 0) return std::nullopt;
  return StrictLog(x) / StrictLog(base);
}

double Sqrt(double x) { return std::sqrt(x); }
// The C library's cube root of doubles is off in the last bit now and then; Java's is not.
double Cbrt(double x) { return static_cast<double>(std::cbrt(static_cast<long double>(x))); }
double Sin(double x) { return std::sin(x); }
double Cos(double x) { return std::cos(x); }
double Tan(double x) { return std::tan(x); }
double Cot(double x) { return 1 / std::tan(x); }
double Sec(double x) { return 1 / std::cos(x); }
double Csc(double x) { return 1 / std::sin(x); }
double Asin(double x) { return std::asin(x); }
double Acos(double x) { return std::acos(x); }
double Atan(double x) { return std::atan(x); }
double Atan2(double y, double x) { return std::atan2(y + 0.0, x + 0.0); }
// Asinh, Acosh and Atanh as Spark writes them.
double Asinh(double x) {
  if (x == -std::numeric_limits<double>::infinity()) return x;
  return StrictLog(x + std::sqrt(x * x + 1.0));
}
double Acosh(double x) { return StrictLog(x + std::sqrt(x * x - 1.0)); }
double Atanh(double x) { return 0.5 * (StrictLog1p(x) - StrictLog1p(-x)); }
double Degrees(double x) { return x * 57.29577951308232; }
double Radians(double x) { return x * 0.017453292519943295; }
double Rint(double x) { return std::nearbyint(x); }
double Hypot(double x, double y) { return std::hypot(x, y); }
double Signum(double x) {
  if (std::isnan(x) || x == 0) return x;
  return x > 0 ? 1.0 : -1.0;
}

std::optional<int64_t> Factorial(int32_t n) {
  if (n < 0 || n > 20) return std::nullopt;
  int64_t product = 1;
  for (int32_t i = 2; i <= n; ++i) product *= i;
  return product;
}

double RoundDoubleTo(double x, int32_t scale, int32_t rounding) {
  return RoundDouble(x, scale, static_cast<Rounding>(rounding));
}
// A whole number rounded to 10^-scale (scale < 0).
__int128 RoundInteger(int64_t x, int32_t scale, int32_t rounding) {
  const int places = -scale;
  if (places > 20) return 0;
  __int128 result = RoundAway(x, places, static_cast<Rounding>(rounding));
  for (int i = 0; i < places; ++i) result *= 10;
  return result;
}
// A decimal of `from` digits after the point at `scale`; the result's scale is max(scale, 0).
std::optional<__int128> RoundDecimal(NativeDecimal x, int32_t from, int32_t scale,
                                     int32_t rounding) {
  __int128 result = RoundAway(x.unscaled, from - scale, static_cast<Rounding>(rounding));
  for (int i = 0; i < -scale; ++i) {
    if (__builtin_mul_overflow(result, 10, &result)) return std::nullopt;
  }
  return result;
}

std::optional<int64_t> WidthBucket(double value, double low, double high, int64_t buckets) {
  if (buckets <= 0 || buckets == std::numeric_limits<int64_t>::max() || std::isnan(value) ||
      low == high || !std::isfinite(low) || !std::isfinite(high)) {
    return std::nullopt;
  }
  const double lower = std::min(low, high), upper = std::max(low, high);
  const auto count = static_cast<double>(buckets);
  if (low < high) {
    if (value < lower) return 0;
    if (value >= upper) return buckets + 1;
    return static_cast<int64_t>(count * (value - lower) / (upper - lower)) + 1;
  }
  if (value > upper) return 0;
  if (value <= lower) return buckets + 1;
  return static_cast<int64_t>(count * (upper - value) / (upper - lower)) + 1;
}

std::string Bin(int64_t value) {
  auto bits = static_cast<uint64_t>(value);
  std::string text;
  do {
    text.insert(text.begin(), static_cast<char>('0' + (bits & 1)));
    bits >>= 1;
  } while (bits != 0);
  return text;
}

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

std::optional<NativeBlob> Unhex(std::string_view text) {
  NativeBlob blob;
  // An odd number of digits: the first stands alone.
  size_t i = 0;
  if (text.size() % 2 == 1) {
    if (DigitOf(text[0]) > 15) return std::nullopt;
    blob.bytes += static_cast<char>(DigitOf(text[0]));
    i = 1;
  }
  for (; i < text.size(); i += 2) {
    const int high = DigitOf(text[i]), low = DigitOf(text[i + 1]);
    if (high > 15 || low > 15) return std::nullopt;
    blob.bytes += static_cast<char>(high * 16 + low);
  }
  return blob;
}

// NumberConverter.convert. A result that does not fit 64 bits is the largest; ConvOverflows tells.
struct Converted {
  std::string text;
  bool overflows = false;
};
std::optional<Converted> Convert(std::string_view text, int32_t from, int32_t to) {
  const int64_t to_size = to < 0 ? -int64_t{to} : to;
  if (from < 2 || from > 36 || to_size < 2 || to_size > 36) return std::nullopt;
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.empty()) return std::nullopt;
  bool is_negative = text[0] == '-';
  if (is_negative) text.remove_prefix(1);
  unsigned __int128 value = 0;
  Converted result;
  for (char c : text) {
    const int digit = DigitOf(c);
    if (digit >= from) break;
    value = value * static_cast<unsigned>(from) + static_cast<unsigned>(digit);
    if (value > UINT64_MAX) {
      result.overflows = true;
      value = UINT64_MAX;
      break;
    }
  }
  auto bits = static_cast<uint64_t>(value);
  if (is_negative && to > 0) {
    // As Hive: a magnitude beyond 2^63 is cut to the largest, else two's complement.
    bits = static_cast<int64_t>(bits) < 0 ? UINT64_MAX
                                          : static_cast<uint64_t>(-static_cast<int64_t>(bits));
  }
  if (to < 0 && static_cast<int64_t>(bits) < 0 && !result.overflows) {
    bits = static_cast<uint64_t>(-static_cast<int64_t>(bits));
    is_negative = true;
  }
  do {
    result.text.insert(
        result.text.begin(),
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[bits % static_cast<uint64_t>(to_size)]);
    bits /= static_cast<uint64_t>(to_size);
  } while (bits != 0);
  if (is_negative && to < 0) result.text.insert(0, "-");
  return result;
}
std::optional<std::string> Conv(std::string_view text, int32_t from, int32_t to) {
  auto converted = Convert(text, from, to);
  if (!converted) return std::nullopt;
  return converted->text;
}
bool ConvOverflows(std::string_view text, int32_t from, int32_t to) {
  auto converted = Convert(text, from, to);
  return converted && converted->overflows;
}

int32_t BitCount(int64_t value) { return __builtin_popcountll(static_cast<uint64_t>(value)); }

}  // namespace

std::vector<NativeFunction> MathNatives() {
  return {
      Native<AddOverflows>("ember_add_overflows"),
      Native<SubtractOverflows>("ember_subtract_overflows"),
      Native<MultiplyOverflows>("ember_multiply_overflows"),
      Native<AddWrapping>("ember_add_wrapping"),
      Native<SubtractWrapping>("ember_subtract_wrapping"),
      Native<MultiplyWrapping>("ember_multiply_wrapping"),
      Native<Pmod>("ember_pmod"),
      Native<ShiftLeftInt>("ember_shift_left_int"),
      Native<ShiftLeftLong>("ember_shift_left_long"),
      Native<ShiftRightInt>("ember_shift_right_int"),
      Native<ShiftRightLong>("ember_shift_right_long"),
      Native<ShiftRightUnsignedInt>("ember_shift_right_unsigned_int"),
      Native<ShiftRightUnsignedLong>("ember_shift_right_unsigned_long"),
      Native<Ln>("ember_ln"),
      Native<Log2>("ember_log2"),
      Native<Log10>("ember_log10"),
      Native<Log1p>("ember_log1p"),
      Native<LogBase>("ember_log_base"),
      Native<StrictExp>("ember_exp"),
      Native<StrictExpm1>("ember_expm1"),
      Native<StrictPow>("ember_pow"),
      Native<Sqrt>("ember_sqrt"),
      Native<Cbrt>("ember_cbrt"),
      Native<Sin>("ember_sin"),
      Native<Cos>("ember_cos"),
      Native<Tan>("ember_tan"),
      Native<Cot>("ember_cot"),
      Native<Sec>("ember_sec"),
      Native<Csc>("ember_csc"),
      Native<Asin>("ember_asin"),
      Native<Acos>("ember_acos"),
      Native<Atan>("ember_atan"),
      Native<Atan2>("ember_atan2"),
      Native<StrictSinh>("ember_sinh"),
      Native<StrictCosh>("ember_cosh"),
      Native<StrictTanh>("ember_tanh"),
      Native<Asinh>("ember_asinh"),
      Native<Acosh>("ember_acosh"),
      Native<Atanh>("ember_atanh"),
      Native<Degrees>("ember_degrees"),
      Native<Radians>("ember_radians"),
      Native<Rint>("ember_rint"),
      Native<Hypot>("ember_hypot"),
      Native<Signum>("ember_signum"),
      Native<Factorial>("ember_factorial"),
      Native<RoundDoubleTo>("ember_round_double"),
      Native<RoundInteger>("ember_round_integer"),
      Native<RoundDecimal>("ember_round_decimal"),
      Native<WidthBucket>("ember_width_bucket"),
      Native<Bin>("ember_bin"),
      Native<Unhex>("ember_unhex"),
      Native<Conv>("ember_conv"),
      Native<ConvOverflows>("ember_conv_overflows"),
      Native<BitCount>("ember_bit_count"),
  };
}

}  // namespace ember
