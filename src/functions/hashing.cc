#include "functions/hashing.h"

#include <array>
#include <bit>
#include <cstring>

namespace ember {
namespace {

template <typename T>
T Load(const char* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

uint32_t MixK(uint32_t k) { return std::rotl(k * 0xCC9E2D51u, 15) * 0x1B873593u; }
uint32_t MixH(uint32_t h, uint32_t k) { return std::rotl(h ^ k, 13) * 5 + 0xE6546B64u; }
int32_t Finish(uint32_t h, uint32_t length) {
  h ^= length;
  h = (h ^ (h >> 16)) * 0x85EBCA6Bu;
  h = (h ^ (h >> 13)) * 0xC2B2AE35u;
  return static_cast<int32_t>(h ^ (h >> 16));
}

constexpr uint64_t kPrime1 = 0x9E3779B185EBCA87u;
constexpr uint64_t kPrime2 = 0xC2B2AE3D27D4EB4Fu;
constexpr uint64_t kPrime3 = 0x165667B19E3779F9u;
constexpr uint64_t kPrime4 = 0x85EBCA77C2B2AE63u;
constexpr uint64_t kPrime5 = 0x27D4EB2F165667C5u;

int64_t Avalanche(uint64_t h) {
  h = (h ^ (h >> 33)) * kPrime2;
  h = (h ^ (h >> 29)) * kPrime3;
  return static_cast<int64_t>(h ^ (h >> 32));
}
uint64_t Round(uint64_t accumulator, uint64_t lane) {
  return std::rotl(accumulator + lane * kPrime2, 31) * kPrime1;
}
uint64_t MixLong(uint64_t h, uint64_t lane) {
  return std::rotl(h ^ Round(0, lane), 27) * kPrime1 + kPrime4;
}
uint64_t MixInt(uint64_t h, uint32_t lane) {
  return std::rotl(h ^ (lane * kPrime1), 23) * kPrime2 + kPrime3;
}

}  // namespace

int32_t MurmurInt(int32_t value, int32_t seed) {
  return Finish(MixH(static_cast<uint32_t>(seed), MixK(static_cast<uint32_t>(value))), 4);
}

int32_t MurmurLong(int64_t value, int32_t seed) {
  const auto bits = static_cast<uint64_t>(value);
  uint32_t h = MixH(static_cast<uint32_t>(seed), MixK(static_cast<uint32_t>(bits)));
  h = MixH(h, MixK(static_cast<uint32_t>(bits >> 32)));
  return Finish(h, 8);
}

int32_t MurmurBytes(std::string_view bytes, int32_t seed) {
  auto h = static_cast<uint32_t>(seed);
  size_t i = 0;
  for (; i + 4 <= bytes.size(); i += 4) h = MixH(h, MixK(Load<uint32_t>(bytes.data() + i)));
  for (; i < bytes.size(); ++i) {
    h = MixH(h,
             MixK(static_cast<uint32_t>(static_cast<int32_t>(static_cast<signed char>(bytes[i])))));
  }
  return Finish(h, static_cast<uint32_t>(bytes.size()));
}

int64_t XxHashInt(int32_t value, int64_t seed) {
  const uint64_t h = static_cast<uint64_t>(seed) + kPrime5 + 4;
  return Avalanche(MixInt(h, static_cast<uint32_t>(value)));
}

int64_t XxHashLong(int64_t value, int64_t seed) {
  const uint64_t h = static_cast<uint64_t>(seed) + kPrime5 + 8;
  return Avalanche(MixLong(h, static_cast<uint64_t>(value)));
}

int64_t XxHashBytes(std::string_view bytes, int64_t seed_bits) {
  const auto seed = static_cast<uint64_t>(seed_bits);
  const char* at = bytes.data();
  size_t left = bytes.size();
  uint64_t h = seed + kPrime5;
  if (left >= 32) {
    uint64_t v[4] = {seed + kPrime1 + kPrime2, seed + kPrime2, seed, seed - kPrime1};
    for (; left >= 32; left -= 32, at += 32) {
      for (int i = 0; i < 4; ++i) v[i] = Round(v[i], Load<uint64_t>(at + 8 * i));
    }
    h = std::rotl(v[0], 1) + std::rotl(v[1], 7) + std::rotl(v[2], 12) + std::rotl(v[3], 18);
    for (uint64_t lane : v) h = (h ^ Round(0, lane)) * kPrime1 + kPrime4;
  }
  h += bytes.size();
  for (; left >= 8; left -= 8, at += 8) h = MixLong(h, Load<uint64_t>(at));
  if (left >= 4) {
    h = MixInt(h, Load<uint32_t>(at));
    left -= 4;
    at += 4;
  }
  for (; left > 0; --left, ++at) {
    h = std::rotl(h ^ (static_cast<unsigned char>(*at) * kPrime5), 11) * kPrime1;
  }
  return Avalanche(h);
}

std::string BigIntegerBytes(__int128 value) {
  std::string bytes;
  do {
    bytes.insert(bytes.begin(), static_cast<char>(value & 0xFF));
    value >>= 8;
  } while (!((value == 0 && static_cast<signed char>(bytes[0]) >= 0) ||
             (value == -1 && static_cast<signed char>(bytes[0]) < 0)));
  return bytes;
}

}  // namespace ember
