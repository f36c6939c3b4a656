#include "functions/random_generator.h"

#include <bit>
#include <cmath>

#include "functions/java_math.h"

namespace ember {
namespace {

// scala.util.hashing.MurmurHash3.bytesHash of the eight bytes of a seed, the highest byte first.
uint32_t HashOfSeed(uint64_t seed, uint32_t start) {
  const uint64_t bytes = __builtin_bswap64(seed);
  const uint32_t words[] = {static_cast<uint32_t>(bytes), static_cast<uint32_t>(bytes >> 32)};
  uint32_t hash = start;
  for (uint32_t word : words) {
    hash ^= std::rotl(word * 0xCC9E2D51U, 15) * 0x1B873593U;
    hash = std::rotl(hash, 13) * 5 + 0xE6546B64U;
  }
  hash ^= 8;
  hash = (hash ^ (hash >> 16)) * 0x85EBCA6BU;
  hash = (hash ^ (hash >> 13)) * 0xC2B2AE35U;
  return hash ^ (hash >> 16);
}

// new java.util.Random(seed).nextLong
int64_t FirstJavaLong(int64_t seed) {
  constexpr uint64_t kMultiplier = 0x5DEECE66D, kMask = (uint64_t{1} << 48) - 1;
  uint64_t state = (static_cast<uint64_t>(seed) ^ kMultiplier) & kMask;
  const auto next = [&] {
    state = (state * kMultiplier + 0xB) & kMask;
    return static_cast<int32_t>(state >> 16);
  };
  const uint64_t high = static_cast<uint64_t>(next()) << 32;
  return static_cast<int64_t>(high + static_cast<uint64_t>(int64_t{next()}));
}

}  // namespace

Well19937c::Well19937c(int64_t seed) {
  words_[0] = static_cast<uint32_t>(static_cast<uint64_t>(seed) >> 32);
  words_[1] = static_cast<uint32_t>(seed);
  for (size_t i = 2; i < words_.size(); ++i) {
    const int64_t before = static_cast<int32_t>(words_[i - 2]);
    words_[i] =
        static_cast<uint32_t>(1'812'433'253 * static_cast<uint64_t>(before ^ (before >> 30)) + i);
  }
}

uint32_t Well19937c::NextBits(int bits) {
  constexpr uint32_t kHighBit = 0x80000000;
  const auto at = [this](size_t distance) -> uint32_t& {
    return words_[(index_ + distance) % words_.size()];
  };
  const uint32_t v0 = at(0), m1 = at(70), m2 = at(179), m3 = at(449);
  const uint32_t z0 = (kHighBit & at(623)) ^ (~kHighBit & at(622));
  const uint32_t z1 = v0 ^ (v0 << 25) ^ m1 ^ (m1 >> 27);
  const uint32_t z2 = (m2 >> 9) ^ m3 ^ (m3 >> 1);
  const uint32_t z3 = z1 ^ z2;
  uint32_t z4 = z0 ^ z1 ^ (z1 << 9) ^ z2 ^ (z2 << 21) ^ z3 ^ (z3 >> 21);
  at(0) = z3;
  at(623) = z4;
  at(622) &= kHighBit;
  index_ = (index_ + 623) % words_.size();
  z4 ^= (z4 << 7) & 0xE46E1700;
  z4 ^= (z4 << 15) & 0x9B868000;
  return z4 >> (32 - bits);
}

double Well19937c::NextDouble() {
  const uint64_t high = NextBits(26);
  const uint64_t low = NextBits(26);
  return static_cast<double>((high << 26) | low) * 0x1.0p-52;
}

PoissonSampler::PoissonSampler(double mean, int64_t seed)
    : mean_(mean), limit_(std::exp(-mean)), generator_(FirstJavaLong(seed)) {}

// PoissonDistribution.sample for small means.
int64_t PoissonSampler::Next() {
  int64_t count = 0;
  for (double product = 1; static_cast<double>(count) < 1000 * mean_; ++count) {
    product *= generator_.NextDouble();
    if (product < limit_) break;
  }
  return count;
}

// XORShiftRandom.hashSeed: seeds that differ in few bits must not give like numbers.
XorShiftRandom::XorShiftRandom(int64_t seed) {
  constexpr uint32_t kArraySeed = 0x3C074A61;
  const uint32_t low = HashOfSeed(static_cast<uint64_t>(seed), kArraySeed);
  const uint32_t high = HashOfSeed(static_cast<uint64_t>(seed), low);
  state_ = (static_cast<uint64_t>(high) << 32) | low;
}

uint32_t XorShiftRandom::NextBits(int bits) {
  state_ ^= state_ << 21;
  state_ ^= state_ >> 35;
  state_ ^= state_ << 4;
  return static_cast<uint32_t>(state_ & ((uint64_t{1} << bits) - 1));
}

double XorShiftRandom::NextDouble() {
  const uint64_t high = NextBits(26);
  const uint64_t low = NextBits(27);
  return static_cast<double>((high << 27) + low) * 0x1.0p-53;
}

double XorShiftRandom::NextGaussian() {
  if (has_second_) {
    has_second_ = false;
    return second_;
  }
  double x, y, square;
  do {
    x = 2 * NextDouble() - 1;
    y = 2 * NextDouble() - 1;
    square = x * x + y * y;
  } while (square >= 1 || square == 0);
  const double factor = std::sqrt(-2 * StrictLog(square) / square);
  second_ = y * factor;
  has_second_ = true;
  return x * factor;
}

}  // namespace ember
