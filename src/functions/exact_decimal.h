#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace ember {

/// Integers of up to 640 bits with a sign: what a decimal operation needs between its 38-digit
/// operands and its rounded result.
class ExactInteger {
 public:
  static constexpr int kLimbs = 20;

  ExactInteger() = default;
  explicit ExactInteger(__int128 value);

  bool is_negative() const { return is_negative_; }
  bool is_zero() const;
  /// The value times 10^exponent (exponent ≥ 0).
  ExactInteger TimesPowerOfTen(int exponent) const;
  ExactInteger Times(const ExactInteger& other) const;
  ExactInteger Plus(const ExactInteger& other) const;
  ExactInteger Negated() const;
  /// Quotient towards zero and remainder with the sign of this. `divisor` is not zero.
  ExactInteger DividedBy(const ExactInteger& divisor, ExactInteger* remainder) const;
  /// Rounded half away from zero: RoundingMode.HALF_UP.
  ExactInteger DividedHalfUp(const ExactInteger& divisor) const;
  /// None when it is not below 10^38 in size.
  std::optional<__int128> ToInt128() const;
  /// BigDecimal.toPlainString of the value with `scale` digits after the point.
  std::string ToPlainText(int scale) const;

 private:
  int CompareMagnitude(const ExactInteger& other) const;
  int Size() const;
  void MultiplySmall(uint32_t factor);
  uint32_t DivideSmall(uint32_t divisor);

  uint32_t limbs_[kLimbs] = {};
  bool is_negative_ = false;
};

}  // namespace ember
