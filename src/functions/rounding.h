#pragma once

#include <cstdint>
#include <optional>

namespace ember {

/// java.math.RoundingMode of round, bround, floor and ceil.
enum class Rounding { kHalfUp = 0, kHalfEven = 1, kFloor = 2, kCeiling = 3 };

/// value / 10^places rounded to an integer (places ≥ 0).
__int128 RoundAway(__int128 value, int places, Rounding rounding);
/// BigDecimal(Double.toString(value)).setScale(scale, rounding).doubleValue.
double RoundDouble(double value, int scale, Rounding rounding);

}  // namespace ember
