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

}  // namespace

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
