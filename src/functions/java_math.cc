// Java defines StrictMath by a library whose polynomials are part of its results: where the last
// bit differs from the correctly rounded value (exp(1) is 2.7182818284590455 there), so must ours.
// The coefficients are those of the minimax approximations that Java's documentation refers to.
#include "functions/java_math.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace ember {
namespace {

constexpr double kLn2High = 6.93147180369123816490e-01;
constexpr double kLn2Low = 1.90821492927058770002e-10;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

int32_t HighWord(double x) { return static_cast<int32_t>(std::bit_cast<uint64_t>(x) >> 32); }

double WithHighWord(double x, int32_t high) {
  const uint64_t low = std::bit_cast<uint64_t>(x) & 0xFFFFFFFFu;
  return std::bit_cast<double>((static_cast<uint64_t>(static_cast<uint32_t>(high)) << 32) | low);
}

// x = 2^exponent · mantissa with the mantissa's high word `fraction` left below 2.
struct Split {
  int32_t exponent = 0;
  int32_t fraction = 0;  // 20 bits
  double value = 0;
};
Split SplitPositive(double x) {
  Split split;
  int32_t high = HighWord(x);
  if (high < 0x00100000) {  // subnormal
    split.exponent = -54;
    x *= 0x1p54;
    high = HighWord(x);
  }
  split.exponent += (high >> 20) - 1023;
  split.fraction = high & 0x000FFFFF;
  split.value = x;
  return split;
}

}  // namespace

double StrictExp(double x) {
  if (std::isnan(x)) return x;
  if (x > 7.09782712893383973096e+02) return kInfinity;
  if (x < -7.45133219101941108420e+02) return 0.0;
  const double size = std::fabs(x);
  double high = 0, low = 0;
  int k = 0;
  // x = k · ln 2 + r with |r| ≤ ln 2 / 2, ln 2 in two parts.
  if (size > 0.34657359027997264) {
    if (size < 1.0397207708399179) {
      k = x < 0 ? -1 : 1;
      high = x - k * kLn2High;
      low = k * kLn2Low;
    } else {
      k = static_cast<int>(1.44269504088896338700e+00 * x + (x < 0 ? -0.5 : 0.5));
      high = x - k * kLn2High;
      low = k * kLn2Low;
    }
    x = high - low;
  } else if (size < 0x1p-28) {
    return 1.0 + x;
  }
  const double t = x * x;
  const double c =
      x - t * (1.66666666666666019037e-01 +
               t * (-2.77777777770155933842e-03 +
                    t * (6.61375632143793436117e-05 +
                         t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
  if (k == 0) return 1.0 - ((x * c) / (c - 2.0) - x);
  const double y = 1.0 - ((low - (x * c) / (2.0 - c)) - high);
  return std::ldexp(y, k);
}

double StrictLog(double x) {
  if (std::isnan(x) || x == kInfinity) return x;
  if (x == 0) return -kInfinity;
  if (x < 0) return std::nan("");
  Split split = SplitPositive(x);
  int32_t fraction = split.fraction;
  // The mantissa is brought to [√½, √2).
  const int32_t above = (fraction + 0x95F64) & 0x100000;
  const double f = WithHighWord(split.value, fraction | (above ^ 0x3FF00000)) - 1.0;
  const double k = split.exponent + (above >> 20);
  if ((0x000FFFFF & (2 + fraction)) < 3) {  // |f| < 2^-20
    if (f == 0) return k == 0 ? 0.0 : k * kLn2High + k * kLn2Low;
    const double r = f * f * (0.5 - 0.33333333333333333 * f);
    return k == 0 ? f - r : k * kLn2High - ((r - k * kLn2Low) - f);
  }
  const double s = f / (2.0 + f);
  const double z = s * s;
  const double w = z * z;
  const double even = w * (3.999999999940941908e-01 +
                           w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const double odd = z * (6.666666666666735130e-01 +
                          w * (2.857142874366239149e-01 +
                               w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  const double r = odd + even;
  if (((fraction - 0x6147A) | (0x6B851 - fraction)) > 0) {
    const double half = 0.5 * f * f;
    if (k == 0) return f - (half - s * (half + r));
    return k * kLn2High - ((half - (s * (half + r) + k * kLn2Low)) - f);
  }
  if (k == 0) return f - s * (f - r);
  return k * kLn2High - ((s * (f - r) - k * kLn2Low) - f);
}

double StrictLog10(double x) {
  if (std::isnan(x) || x == kInfinity) return x;
  if (x == 0) return -kInfinity;
  if (x < 0) return std::nan("");
  const Split split = SplitPositive(x);
  const int32_t sign = split.exponent < 0 ? 1 : 0;
  const double y = split.exponent + sign;
  const double mantissa = WithHighWord(split.value, split.fraction | ((0x3FF - sign) << 20));
  const double z =
      y * 3.69423907715893078616e-13 + 4.34294481903251816668e-01 * StrictLog(mantissa);
  return z + y * 3.01029995663611771306e-01;
}

double StrictLog1p(double x) { return std::log1p(x); }
double StrictExpm1(double x) { return std::expm1(x); }

// Java: anything to the power of NaN is NaN, and so is ±1 to an infinite power; C gives 1.
double StrictPow(double x, double y) {
  if (std::isnan(y) || (std::isinf(y) && std::fabs(x) == 1.0)) return std::nan("");
  return std::pow(x, y);
}

double StrictSinh(double x) {
  const double size = std::fabs(x);
  if (!std::isfinite(x) || size < 0x1p-28) return x;
  const double half = x < 0 ? -0.5 : 0.5;
  if (size < 22) {
    const double t = StrictExpm1(size);
    return size < 1 ? half * (2.0 * t - t * t / (t + 1.0)) : half * (t + t / (t + 1.0));
  }
  if (size < 709) return half * StrictExp(size);
  const double root = StrictExp(0.5 * size);
  return (half * root) * root;
}

double StrictCosh(double x) {
  const double size = std::fabs(x);
  if (std::isnan(x)) return x;
  if (size < 0.34657359027997264) {
    const double t = StrictExpm1(size);
    const double w = 1.0 + t;
    return size < 0x1p-55 ? w : 1.0 + (t * t) / (w + w);
  }
  if (size < 22) {
    const double t = StrictExp(size);
    return 0.5 * t + 0.5 / t;
  }
  if (size < 709) return 0.5 * StrictExp(size);
  const double root = StrictExp(0.5 * size);
  return (0.5 * root) * root;
}

double StrictTanh(double x) {
  const double size = std::fabs(x);
  if (std::isnan(x) || size < 0x1p-55) return x;
  double z = 1.0;
  if (size < 22) {
    if (size >= 1) {
      z = 1.0 - 2.0 / (StrictExpm1(2.0 * size) + 2.0);
    } else {
      const double t = StrictExpm1(-2.0 * size);
      z = -t / (t + 2.0);
    }
  }
  return x < 0 ? -z : z;
}

}  // namespace ember
