#include "functions/exact_decimal.h"

#include <algorithm>

namespace ember {

ExactInteger::ExactInteger(__int128 value) : is_negative_(value < 0) {
  auto magnitude = static_cast<unsigned __int128>(value);
  if (is_negative_) magnitude = -magnitude;
  for (int i = 0; i < 4; ++i) {
    limbs_[i] = static_cast<uint32_t>(magnitude);
    magnitude >>= 32;
  }
}

int ExactInteger::Size() const {
  int size = kLimbs;
  while (size > 0 && limbs_[size - 1] == 0) --size;
  return size;
}

bool ExactInteger::is_zero() const { return Size() == 0; }

void ExactInteger::MultiplySmall(uint32_t factor) {
  uint64_t carry = 0;
  for (uint32_t& limb : limbs_) {
    carry += static_cast<uint64_t>(limb) * factor;
    limb = static_cast<uint32_t>(carry);
    carry >>= 32;
  }
}

uint32_t ExactInteger::DivideSmall(uint32_t divisor) {
  uint64_t remainder = 0;
  for (int i = kLimbs - 1; i >= 0; --i) {
    remainder = (remainder << 32) | limbs_[i];
    limbs_[i] = static_cast<uint32_t>(remainder / divisor);
    remainder %= divisor;
  }
  return static_cast<uint32_t>(remainder);
}

ExactInteger ExactInteger::TimesPowerOfTen(int exponent) const {
  ExactInteger result = *this;
  for (; exponent >= 9; exponent -= 9) result.MultiplySmall(1'000'000'000);
  for (; exponent > 0; --exponent) result.MultiplySmall(10);
  return result;
}

ExactInteger ExactInteger::Times(const ExactInteger& other) const {
  ExactInteger result;
  result.is_negative_ = is_negative_ != other.is_negative_;
  const int size = Size(), other_size = other.Size();
  for (int i = 0; i < size; ++i) {
    uint64_t carry = 0;
    for (int j = 0; i + j < kLimbs && (j < other_size || carry != 0); ++j) {
      carry += result.limbs_[i + j];
      if (j < other_size) carry += static_cast<uint64_t>(limbs_[i]) * other.limbs_[j];
      result.limbs_[i + j] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
  }
  return result;
}

int ExactInteger::CompareMagnitude(const ExactInteger& other) const {
  for (int i = kLimbs - 1; i >= 0; --i) {
    if (limbs_[i] != other.limbs_[i]) return limbs_[i] < other.limbs_[i] ? -1 : 1;
  }
  return 0;
}

ExactInteger ExactInteger::Negated() const {
  ExactInteger result = *this;
  result.is_negative_ = !is_negative_;
  return result;
}

ExactInteger ExactInteger::Plus(const ExactInteger& other) const {
  const bool is_sum = is_negative_ == other.is_negative_;
  const bool is_larger = CompareMagnitude(other) >= 0;
  const ExactInteger& large = is_larger ? *this : other;
  const ExactInteger& small = is_larger ? other : *this;
  ExactInteger result;
  result.is_negative_ = large.is_negative_;
  int64_t carry = 0;
  for (int i = 0; i < kLimbs; ++i) {
    carry += large.limbs_[i];
    carry +=
        is_sum ? static_cast<int64_t>(small.limbs_[i]) : -static_cast<int64_t>(small.limbs_[i]);
    result.limbs_[i] = static_cast<uint32_t>(carry);
    carry >>= 32;
  }
  return result;
}

ExactInteger ExactInteger::DividedBy(const ExactInteger& divisor, ExactInteger* remainder) const {
  ExactInteger quotient;
  ExactInteger rest;
  if (divisor.Size() == 1) {
    quotient = *this;
    rest.limbs_[0] = quotient.DivideSmall(divisor.limbs_[0]);
  } else {
    // One bit at a time: rare operands only, the frequent ones fit __int128 and never come here.
    for (int bit = Size() * 32 - 1; bit >= 0; --bit) {
      uint32_t carry = (limbs_[bit / 32] >> (bit % 32)) & 1;
      for (uint32_t& limb : rest.limbs_) {
        uint32_t next = limb >> 31;
        limb = (limb << 1) | carry;
        carry = next;
      }
      if (rest.CompareMagnitude(divisor) < 0) continue;
      int64_t borrow = 0;
      for (int i = 0; i < kLimbs; ++i) {
        borrow += static_cast<int64_t>(rest.limbs_[i]) - divisor.limbs_[i];
        rest.limbs_[i] = static_cast<uint32_t>(borrow);
        borrow >>= 32;
      }
      quotient.limbs_[bit / 32] |= 1u << (bit % 32);
    }
  }
  quotient.is_negative_ = is_negative_ != divisor.is_negative_;
  rest.is_negative_ = is_negative_;
  if (remainder != nullptr) *remainder = rest;
  return quotient;
}

ExactInteger ExactInteger::DividedHalfUp(const ExactInteger& divisor) const {
  ExactInteger remainder;
  ExactInteger quotient = DividedBy(divisor, &remainder);
  remainder.MultiplySmall(2);
  if (remainder.CompareMagnitude(divisor) >= 0) {
    ExactInteger one(is_negative_ != divisor.is_negative_ ? -1 : 1);
    quotient.is_negative_ = one.is_negative_;
    quotient = quotient.Plus(one);
  }
  return quotient;
}

std::optional<__int128> ExactInteger::ToInt128() const {
  static const ExactInteger kLimit = ExactInteger(1).TimesPowerOfTen(38);
  if (CompareMagnitude(kLimit) >= 0) return std::nullopt;
  unsigned __int128 magnitude = 0;
  for (int i = 3; i >= 0; --i) magnitude = (magnitude << 32) | limbs_[i];
  auto value = static_cast<__int128>(magnitude);
  return is_negative_ ? -value : value;
}

std::string ExactInteger::ToPlainText(int scale) const {
  ExactInteger rest = *this;
  std::string digits;
  while (!rest.is_zero() || static_cast<int>(digits.size()) <= scale) {
    digits += static_cast<char>('0' + rest.DivideSmall(10));
    if (scale > 0 && static_cast<int>(digits.size()) == scale) {
      digits += '.';
      ++scale;
    }
  }
  if (is_negative_ && !is_zero()) digits += '-';
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace ember
