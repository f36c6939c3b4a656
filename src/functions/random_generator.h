#pragma once

#include <array>
#include <cstddef>
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

/// The Well19937c generator of commons-math, from which Spark's PoissonSampler draws.
class Well19937c {
 public:
  explicit Well19937c(int64_t seed);
  /// [0, 1), 52 bits.
  double NextDouble();

 private:
  uint32_t NextBits(int bits);

  std::array<uint32_t, 624> words_;
  size_t index_ = 0;
};

/// How often a sample with replacement takes each row of the first partition (PoissonSampler).
class PoissonSampler {
 public:
  /// `mean` is below 40; the seed is that of the sample.
  PoissonSampler(double mean, int64_t seed);
  int64_t Next();

 private:
  double mean_;
  double limit_;
  Well19937c generator_;
};

}  // namespace ember
