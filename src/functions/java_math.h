#pragma once

namespace ember {

/// java.lang.StrictMath, to the last bit where it is not the correctly rounded result.
double StrictExp(double x);
double StrictLog(double x);
double StrictLog10(double x);
double StrictLog1p(double x);
double StrictExpm1(double x);
double StrictPow(double x, double y);
double StrictSinh(double x);
double StrictCosh(double x);
double StrictTanh(double x);

}  // namespace ember
