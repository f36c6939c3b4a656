// SHA-2 (FIPS 180-4). Its constants are the fractions of roots of the first primes: computed, not
// listed.
#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "functions/hashing.h"

namespace ember {
namespace {

using Wide = unsigned __int128;

std::vector<uint64_t> FirstPrimes(size_t count) {
  std::vector<uint64_t> primes;
  for (uint64_t n = 2; primes.size() < count; ++n) {
    bool is_prime = true;
    for (uint64_t p : primes) is_prime = is_prime && n % p != 0;
    if (is_prime) primes.push_back(n);
  }
  return primes;
}

// 256-bit product of a 128-bit and a 128-bit number, as high and low halves.
struct Product {
  Wide high, low;
};
Product Multiply(Wide a, Wide b) {
  const uint64_t a0 = static_cast<uint64_t>(a), a1 = static_cast<uint64_t>(a >> 64);
  const uint64_t b0 = static_cast<uint64_t>(b), b1 = static_cast<uint64_t>(b >> 64);
  const Wide p00 = static_cast<Wide>(a0) * b0, p01 = static_cast<Wide>(a0) * b1;
  const Wide p10 = static_cast<Wide>(a1) * b0, p11 = static_cast<Wide>(a1) * b1;
  const Wide middle = (p00 >> 64) + static_cast<uint64_t>(p01) + static_cast<uint64_t>(p10);
  return {p11 + (p01 >> 64) + (p10 >> 64) + (middle >> 64),
          (middle << 64) | static_cast<uint64_t>(p00)};
}

// The 64 bits after the point of the square (or cube) root of a small prime: the largest x below
// 2^68 with x^2 ≤ prime · 2^128 (x^3 ≤ prime · 2^192).
uint64_t RootFraction(uint64_t prime, bool is_cube) {
  Wide root = 0;
  for (int bit = 68; bit >= 0; --bit) {
    const Wide candidate = root | (static_cast<Wide>(1) << bit);
    const Product square = Multiply(candidate, candidate);
    bool fits = square.high < prime || (square.high == prime && square.low == 0);
    if (is_cube) {
      if (square.high >> 8 != 0) continue;
      // candidate^3 / 2^64, which decides: the root is irrational.
      const Wide shifted = (square.high << 64) | (square.low >> 64);
      const Product cube = Multiply(shifted, candidate);
      const Product rest = Multiply(square.low & UINT64_MAX, candidate);
      Wide low = cube.low + (rest.low >> 64) + (rest.high << 64);
      const Wide high = cube.high + (low < cube.low ? 1 : 0);
      fits = high < prime || (high == prime && low == 0);
    }
    if (fits) root = candidate;
  }
  return static_cast<uint64_t>(root);
}

struct Constants {
  std::array<uint64_t, 80> rounds;
  std::array<uint64_t, 16> starts;  // square roots of the first 16 primes
};
const Constants& TheConstants() {
  static const Constants constants = [] {
    Constants made{};
    const std::vector<uint64_t> primes = FirstPrimes(80);
    for (size_t i = 0; i < 80; ++i) made.rounds[i] = RootFraction(primes[i], true);
    for (size_t i = 0; i < 16; ++i) made.starts[i] = RootFraction(primes[i], false);
    return made;
  }();
  return constants;
}

// What tells SHA-256 (Word = uint32_t) from SHA-512.
template <typename Word>
struct Shape;
template <>
struct Shape<uint32_t> {
  static constexpr int kRounds = 64;
  static constexpr int kBig0[3] = {2, 13, 22}, kBig1[3] = {6, 11, 25};
  static constexpr int kSmall0[3] = {7, 18, 3}, kSmall1[3] = {17, 19, 10};
};
template <>
struct Shape<uint64_t> {
  static constexpr int kRounds = 80;
  static constexpr int kBig0[3] = {28, 34, 39}, kBig1[3] = {14, 18, 41};
  static constexpr int kSmall0[3] = {1, 8, 7}, kSmall1[3] = {19, 61, 6};
};

template <typename Word>
Word Rotations(Word x, const int (&by)[3]) {
  return std::rotr(x, by[0]) ^ std::rotr(x, by[1]) ^ std::rotr(x, by[2]);
}
template <typename Word>
Word Schedule(Word x, const int (&by)[3]) {
  return std::rotr(x, by[0]) ^ std::rotr(x, by[1]) ^ (x >> by[2]);
}

template <typename Word>
void Compress(std::array<Word, 8>& state, const char* block) {
  using S = Shape<Word>;
  std::array<Word, 80> w{};
  for (size_t i = 0; i < 16; ++i) {
    for (size_t j = 0; j < sizeof(Word); ++j) {
      w[i] = (w[i] << 8) | static_cast<unsigned char>(block[i * sizeof(Word) + j]);
    }
  }
  for (size_t i = 16; i < S::kRounds; ++i) {
    w[i] = Schedule(w[i - 2], S::kSmall1) + w[i - 7] + Schedule(w[i - 15], S::kSmall0) + w[i - 16];
  }
  auto [a, b, c, d, e, f, g, h] = state;
  for (size_t i = 0; i < S::kRounds; ++i) {
    const Word constant = static_cast<Word>(TheConstants().rounds[i] >> (64 - 8 * sizeof(Word)));
    const Word t1 = h + Rotations(e, S::kBig1) + ((e & f) ^ (~e & g)) + constant + w[i];
    const Word t2 = Rotations(a, S::kBig0) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + t2;
  }
  const std::array<Word, 8> mixed = {a, b, c, d, e, f, g, h};
  for (size_t i = 0; i < 8; ++i) state[i] += mixed[i];
}

template <typename Word>
std::string Digest(std::string_view bytes, std::array<Word, 8> state, size_t digest_bytes) {
  constexpr size_t kBlock = 16 * sizeof(Word);
  std::string message(bytes);
  message += '\x80';
  while (message.size() % kBlock != kBlock - 8) message += '\0';
  // The length's upper bits (SHA-512 has 128 of them) are zero: part of the padding when it is long
  // enough.
  if (sizeof(Word) == 8 && (bytes.size() + 1) % kBlock > kBlock - 16) message.append(kBlock, '\0');
  const uint64_t bits = static_cast<uint64_t>(bytes.size()) * 8;
  for (int shift = 56; shift >= 0; shift -= 8) message += static_cast<char>(bits >> shift);
  for (size_t i = 0; i < message.size(); i += kBlock) Compress(state, message.data() + i);
  static constexpr char kHex[] = "0123456789abcdef";
  std::string hex;
  for (Word word : state) {
    for (int shift = 8 * sizeof(Word) - 4; shift >= 0; shift -= 4)
      hex += kHex[(word >> shift) & 15];
  }
  return hex.substr(0, digest_bytes * 2);
}

}  // namespace

std::string Sha2Hex(std::string_view bytes, int bits) {
  const auto& roots = TheConstants().starts;
  if (bits == 224 || bits == 256) {
    std::array<uint32_t, 8> state{};
    // SHA-224 starts with the second half of the 64 bits of the 9th to 16th prime's root.
    for (size_t i = 0; i < 8; ++i) {
      state[i] =
          bits == 256 ? static_cast<uint32_t>(roots[i] >> 32) : static_cast<uint32_t>(roots[i + 8]);
    }
    return Digest(bytes, state, static_cast<size_t>(bits) / 8);
  }
  std::array<uint64_t, 8> state{};
  for (size_t i = 0; i < 8; ++i) state[i] = bits == 512 ? roots[i] : roots[i + 8];
  return Digest(bytes, state, static_cast<size_t>(bits) / 8);
}

}  // namespace ember
