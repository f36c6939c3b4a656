#include "functions/java_math.h"

#include <cmath>

namespace ember {

double StrictExp(double x) { return std::exp(x); }
double StrictLog(double x) { return std::log(x); }
double StrictLog10(double x) { return std::log10(x); }
double StrictLog1p(double x) { return std::log1p(x); }
double StrictExpm1(double x) { return std::expm1(x); }

// Java: anything to the power of NaN is NaN, and so is ±1 to an infinite power; C gives 1.
double StrictPow(double x, double y) {
  if (std::isnan(y) || (std::isinf(y) && std::fabs(x) == 1.0)) return std::nan("");
  return std::pow(x, y);
}
double StrictSinh(double x) { return std::sinh(x); }
double StrictCosh(double x) { return std::cosh(x); }
double StrictTanh(double x) { return std::tanh(x); }

}  // namespace ember
