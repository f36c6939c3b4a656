#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ember {

/// Spark's Murmur3_x86_32: bytes after the last whole word are mixed one by one, as signed ints.
int32_t MurmurInt(int32_t value, int32_t seed);
int32_t MurmurLong(int64_t value, int32_t seed);
int32_t MurmurBytes(std::string_view bytes, int32_t seed);
/// XXH64.
int64_t XxHashInt(int32_t value, int64_t seed);
int64_t XxHashLong(int64_t value, int64_t seed);
int64_t XxHashBytes(std::string_view bytes, int64_t seed);
/// BigInteger.toByteArray: the shortest big-endian two's complement.
std::string BigIntegerBytes(__int128 value);

/// Hexadecimal digests; `bits` is 224, 256, 384 or 512.
std::string Sha2Hex(std::string_view bytes, int bits);

}  // namespace ember
