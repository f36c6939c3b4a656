#pragma once

#include <cstdint>

namespace ember {

/// Spark's XORShiftRandom, which rand, randn and sample draw from. The draws of a seed are the same
/// on every machine.
class XorShiftRandom {
 public:
  explicit XorShiftRandom(int64_t seed);

  /// java.util.Random.nextDouble: [0, 1), 53 bits.
  double NextDouble();
  /// java.util.Random.nextGaussian: the polar method, two values at a time.
  double NextGaussian();

 private:
  uint32_t NextBits(int bits);

  uint64_t state_;
  double second_ = 0;
  bool has_second_ = false;
};

}  // namespace ember
