#include <cstdlib>

#include "functions/exact_decimal.h"
#include "functions/native_kernels.h"
#include "functions/native_tables.h"

namespace ember {
namespace {

using MaybeInt128 = std::optional<__int128>;

constexpr __int128 PowerOfTen(int exponent) {
  __int128 power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// The scales of the operands, precision and scale of the result.
struct DecimalShape {
  int a_scale;
  int b_scale;
  int precision;
  int scale;
};

MaybeInt128 Fitting(const ExactInteger& value, const DecimalShape& shape) {
  MaybeInt128 result = value.ToInt128();
  if (!result) return std::nullopt;
  const __int128 limit = PowerOfTen(shape.precision);
  if (*result >= limit || *result <= -limit) return std::nullopt;
  return result;
}

// The exact value `value` / 10^from, rounded to the scale `to`.
ExactInteger Rescale(const ExactInteger& value, int from, int to) {
  if (to >= from) return value.TimesPowerOfTen(to - from);
  return value.DividedHalfUp(ExactInteger(1).TimesPowerOfTen(from - to));
}

ExactInteger Aligned(__int128 value, int scale, int common) {
  return ExactInteger(value).TimesPowerOfTen(common - scale);
}

// Exact results before rounding; `scale` is theirs.
ExactInteger ExactSum(NativeDecimal a, NativeDecimal b, const DecimalShape& shape, int* scale) {
  *scale = std::max(shape.a_scale, shape.b_scale);
  return Aligned(a.unscaled, shape.a_scale, *scale)
      .Plus(Aligned(b.unscaled, shape.b_scale, *scale));
}
ExactInteger ExactDifference(NativeDecimal a, NativeDecimal b, const DecimalShape& shape,
                             int* scale) {
  *scale = std::max(shape.a_scale, shape.b_scale);
  return Aligned(a.unscaled, shape.a_scale, *scale)
      .Plus(Aligned(b.unscaled, shape.b_scale, *scale).Negated());
}
ExactInteger ExactProduct(NativeDecimal a, NativeDecimal b, const DecimalShape& shape, int* scale) {
  *scale = shape.a_scale + shape.b_scale;
  return ExactInteger(a.unscaled).Times(ExactInteger(b.unscaled));
}
// a / b at `digits` digits after the point, half up.
ExactInteger Quotient(NativeDecimal a, NativeDecimal b, const DecimalShape& shape, int digits) {
  const int exponent = digits - shape.a_scale + shape.b_scale;
  ExactInteger dividend(a.unscaled), divisor(b.unscaled);
  if (exponent >= 0) return dividend.TimesPowerOfTen(exponent).DividedHalfUp(divisor);
  return dividend.DividedHalfUp(divisor.TimesPowerOfTen(-exponent));
}

template <ExactInteger (*exact)(NativeDecimal, NativeDecimal, const DecimalShape&, int*)>
MaybeInt128 Rounded(NativeDecimal a, NativeDecimal b, int32_t a_scale, int32_t b_scale,
                    int32_t precision, int32_t scale) {
  const DecimalShape shape = {a_scale, b_scale, precision, scale};
  int exact_scale = 0;
  ExactInteger value = exact(a, b, shape, &exact_scale);
  return Fitting(Rescale(value, exact_scale, scale), shape);
}

// Decimal.* and Decimal./ keep 39 digits (MathContext(39, DOWN)) before they round to the result's
// scale.
std::string FirstDigits(std::string text) {
  constexpr int kDigits = 39;
  const size_t point = std::min(text.find('.'), text.size());
  int digits = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (!is_digit || (digits == 0 && text[i] == '0')) continue;
    if (++digits <= kDigits) continue;
    if (i > point) return text.substr(0, i - (i == point + 1 ? 1 : 0));
    text[i] = '0';
  }
  return digits > kDigits ? text.substr(0, point) : text;
}

template <ExactInteger (*exact)(NativeDecimal, NativeDecimal, const DecimalShape&, int*)>
std::string ExactText(NativeDecimal a, NativeDecimal b, int32_t a_scale, int32_t b_scale,
                      int32_t precision, int32_t scale) {
  const DecimalShape shape = {a_scale, b_scale, precision, scale};
  int exact_scale = 0;
  ExactInteger value = exact(a, b, shape, &exact_scale);
  return FirstDigits(value.ToPlainText(exact_scale));
}

MaybeInt128 Divide(NativeDecimal a, NativeDecimal b, int32_t a_scale, int32_t b_scale,
                   int32_t precision, int32_t scale) {
  if (b.unscaled == 0) return std::nullopt;
  const int exponent = scale - a_scale + b_scale;
  const __int128 divisor = b.unscaled < 0 ? -b.unscaled : b.unscaled;
  __int128 dividend = a.unscaled < 0 ? -a.unscaled : a.unscaled;
  const DecimalShape shape = {a_scale, b_scale, precision, scale};
  // Prices and quantities: 128 bits are enough.
  if (exponent < 0 || exponent > 37 || divisor > PowerOfTen(38) / 4 ||
      dividend > PowerOfTen(38) / PowerOfTen(exponent)) {
    return Fitting(Quotient(a, b, shape, scale), shape);
  }
  dividend *= PowerOfTen(exponent);
  __int128 quotient = dividend / divisor;
  if ((dividend - quotient * divisor) * 2 >= divisor) ++quotient;
  if (quotient >= PowerOfTen(precision)) return std::nullopt;
  return (a.unscaled < 0) != (b.unscaled < 0) ? -quotient : quotient;
}

std::optional<std::string> DivideText(NativeDecimal a, NativeDecimal b, int32_t a_scale,
                                      int32_t b_scale, int32_t, int32_t scale) {
  if (b.unscaled == 0) return std::nullopt;
  const DecimalShape shape = {a_scale, b_scale, 38, scale};
  return FirstDigits(Quotient(a, b, shape, 77).ToPlainText(77));
}

MaybeInt128 Remainder(NativeDecimal a, NativeDecimal b, int32_t a_scale, int32_t b_scale,
                      int32_t precision, int32_t scale) {
  if (b.unscaled == 0) return std::nullopt;
  const int common = std::max(a_scale, b_scale);
  ExactInteger remainder;
  Aligned(a.unscaled, a_scale, common).DividedBy(Aligned(b.unscaled, b_scale, common), &remainder);
  return Fitting(Rescale(remainder, common, scale), {a_scale, b_scale, precision, scale});
}

MaybeInt128 WholeQuotient(NativeDecimal a, NativeDecimal b, int32_t a_scale, int32_t b_scale,
                          int32_t precision, int32_t scale) {
  if (b.unscaled == 0) return std::nullopt;
  const int common = std::max(a_scale, b_scale);
  ExactInteger quotient =
      Aligned(a.unscaled, a_scale, common).DividedBy(Aligned(b.unscaled, b_scale, common), nullptr);
  return Fitting(quotient, {a_scale, b_scale, precision, scale});
}

std::string NoText(NativeDecimal, NativeDecimal, int32_t, int32_t, int32_t, int32_t) { return ""; }

}  // namespace

std::vector<NativeFunction> DecimalNatives() {
  return {
      Native<Rounded<ExactSum>>("ember_decimal_add"),
      Native<Rounded<ExactDifference>>("ember_decimal_subtract"),
      Native<Rounded<ExactProduct>>("ember_decimal_multiply"),
      Native<Divide>("ember_decimal_divide"),
      Native<Remainder>("ember_decimal_remainder"),
      Native<WholeQuotient>("ember_decimal_quotient"),
      Native<ExactText<ExactSum>>("ember_decimal_add_text"),
      Native<ExactText<ExactDifference>>("ember_decimal_subtract_text"),
      Native<ExactText<ExactProduct>>("ember_decimal_multiply_text"),
      Native<DivideText>("ember_decimal_divide_text"),
      Native<NoText>("ember_decimal_remainder_text"),
      Native<NoText>("ember_decimal_quotient_text"),
  };
}

}  // namespace ember
