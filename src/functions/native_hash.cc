#include <cmath>
#include <cstring>
#include <limits>

#include "base/crc32.h"
#include "functions/hashing.h"
#include "functions/native_kernels.h"
#include "functions/native_tables.h"

namespace ember {
namespace {

// HashExpression: a null leaves the seed as it is.
template <typename Input, typename Seed, Seed (*hash)(Input, Seed)>
void HashKernel(std::span<const NativeVector> inputs, size_t rows, NativeWriter& out) {
  for (size_t row = 0; row < rows; ++row) {
    const Seed seed = inputs[1].get<Seed>(row);
    out.Set<Seed>(
        row, inputs[0].is_null(row) ? seed : hash(NativeArgument<Input>(inputs[0], row), seed));
  }
}

// -0.0 hashes as 0.0, every NaN as one.
int64_t DoubleBits(double value) {
  if (value == 0) return 0;
  if (std::isnan(value)) return 0x7FF8000000000000;
  int64_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}
int32_t FloatBits(float value) {
  if (value == 0) return 0;
  if (std::isnan(value)) return 0x7FC00000;
  int32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

int32_t MurmurDouble(double value, int32_t seed) { return MurmurLong(DoubleBits(value), seed); }
int32_t MurmurFloat(float value, int32_t seed) { return MurmurInt(FloatBits(value), seed); }
int32_t MurmurBlob(NativeBlobView value, int32_t seed) { return MurmurBytes(value.bytes, seed); }
int32_t MurmurDate(NativeDate value, int32_t seed) { return MurmurInt(value.days, seed); }
int32_t MurmurTimestamp(NativeTimestamp value, int32_t seed) {
  return MurmurLong(value.micros, seed);
}
int32_t MurmurDecimal(NativeDecimal value, int32_t seed) {
  return MurmurBytes(BigIntegerBytes(value.unscaled), seed);
}
int32_t MurmurShortDecimal(NativeDecimal value, int32_t seed) {
  return MurmurLong(static_cast<int64_t>(value.unscaled), seed);
}
int64_t XxHashDouble(double value, int64_t seed) { return XxHashLong(DoubleBits(value), seed); }
int64_t XxHashFloat(float value, int64_t seed) { return XxHashInt(FloatBits(value), seed); }
int64_t XxHashBlob(NativeBlobView value, int64_t seed) { return XxHashBytes(value.bytes, seed); }
int64_t XxHashDate(NativeDate value, int64_t seed) { return XxHashInt(value.days, seed); }
int64_t XxHashTimestamp(NativeTimestamp value, int64_t seed) {
  return XxHashLong(value.micros, seed);
}
int64_t XxHashDecimal(NativeDecimal value, int64_t seed) {
  return XxHashBytes(BigIntegerBytes(value.unscaled), seed);
}
int64_t XxHashShortDecimal(NativeDecimal value, int64_t seed) {
  return XxHashLong(static_cast<int64_t>(value.unscaled), seed);
}

template <typename Input, typename Seed, Seed (*hash)(Input, Seed)>
NativeFunction Hash(std::string_view name) {
  return {.name = name,
          .arguments = {NativeTypeOf<Input>(), NativeTypeOf<Seed>()},
          .result = NativeTypeOf<Seed>(),
          .kernel = HashKernel<Input, Seed, hash>};
}

// java.lang.Long.hashCode and its kin, where Scala gives equal numbers of all types one hash.
int32_t HashOfLong(int64_t value) {
  const auto narrow = static_cast<int32_t>(value);
  if (narrow == value) return narrow;
  const auto bits = static_cast<uint64_t>(value);
  return static_cast<int32_t>(static_cast<uint32_t>(bits ^ (bits >> 32)));
}
int32_t HashOfDouble(double value) {
  if (std::abs(value) < 9e18 && value == std::trunc(value)) {
    return HashOfLong(static_cast<int64_t>(value));
  }
  const auto narrow = static_cast<float>(value);
  if (narrow == value) return FloatBits(narrow);
  const auto bits = static_cast<uint64_t>(DoubleBits(value));
  return static_cast<int32_t>(static_cast<uint32_t>(bits ^ (bits >> 32)));
}

// scala.collection.mutable.HashSet: a hash as it compares them, and the place of one in the table
// of so many elements.
int32_t SetHash(int32_t hash) {
  const auto bits = static_cast<uint32_t>(hash);
  return static_cast<int32_t>(bits ^ (bits >> 16));
}
int32_t SetBucket(int32_t hash, int64_t count) {
  const auto wanted = static_cast<int64_t>(static_cast<double>(count + 1) / 0.75);
  int64_t length = 16;
  while (length < wanted) length *= 2;
  return static_cast<int32_t>(static_cast<uint32_t>(SetHash(hash)) &
                              static_cast<uint32_t>(length - 1));
}

int64_t Crc32Of(NativeBlobView blob) { return Crc32(blob.bytes); }
std::optional<std::string> Sha2(NativeBlobView blob, int32_t bits) {
  if (bits == 0) bits = 256;
  if (bits != 224 && bits != 256 && bits != 384 && bits != 512) return std::nullopt;
  return Sha2Hex(blob.bytes, bits);
}

}  // namespace

std::vector<NativeFunction> HashNatives() {
  return {
      Hash<int32_t, int32_t, MurmurInt>("ember_murmur_int"),
      Hash<int64_t, int32_t, MurmurLong>("ember_murmur_long"),
      Hash<float, int32_t, MurmurFloat>("ember_murmur_float"),
      Hash<double, int32_t, MurmurDouble>("ember_murmur_double"),
      Hash<std::string_view, int32_t, MurmurBytes>("ember_murmur_text"),
      Hash<NativeBlobView, int32_t, MurmurBlob>("ember_murmur_blob"),
      Hash<NativeDate, int32_t, MurmurDate>("ember_murmur_date"),
      Hash<NativeTimestamp, int32_t, MurmurTimestamp>("ember_murmur_timestamp"),
      Hash<NativeDecimal, int32_t, MurmurDecimal>("ember_murmur_decimal"),
      Hash<NativeDecimal, int32_t, MurmurShortDecimal>("ember_murmur_short_decimal"),
      Hash<int32_t, int64_t, XxHashInt>("ember_xxhash_int"),
      Hash<int64_t, int64_t, XxHashLong>("ember_xxhash_long"),
      Hash<float, int64_t, XxHashFloat>("ember_xxhash_float"),
      Hash<double, int64_t, XxHashDouble>("ember_xxhash_double"),
      Hash<std::string_view, int64_t, XxHashBytes>("ember_xxhash_text"),
      Hash<NativeBlobView, int64_t, XxHashBlob>("ember_xxhash_blob"),
      Hash<NativeDate, int64_t, XxHashDate>("ember_xxhash_date"),
      Hash<NativeTimestamp, int64_t, XxHashTimestamp>("ember_xxhash_timestamp"),
      Hash<NativeDecimal, int64_t, XxHashDecimal>("ember_xxhash_decimal"),
      Hash<NativeDecimal, int64_t, XxHashShortDecimal>("ember_xxhash_short_decimal"),
      Native<HashOfLong>("ember_hash_of_long"),
      Native<HashOfDouble>("ember_hash_of_double"),
      Native<SetHash>("ember_set_hash"),
      Native<SetBucket>("ember_set_bucket"),
      Native<Crc32Of>("ember_crc32"),
      Native<Sha2>("ember_sha2"),
  };
}

}  // namespace ember
