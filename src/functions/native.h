#pragma once

#include <cstdint>
#include <cstring>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace ember {

/// Types a native function takes and gives, as DuckDB stores them. kHugeInt: __int128. kDate: int32
/// days. kTimestamp: int64 microseconds. kVarchar and kBlob: NativeString. kVarcharList only as a
/// result. kDecimal only as an argument: a DECIMAL of any width, seen as its unscaled digits in an
/// __int128 (duckdb/ registers it as ANY and widens what DuckDB stores in 2, 4 or 8 bytes).
enum class NativeType {
  kBoolean,
  kTinyInt,
  kSmallInt,
  kInteger,
  kBigInt,
  kHugeInt,
  kDecimal,
  kFloat,
  kDouble,
  kDate,
  kTimestamp,
  kVarchar,
  kBlob,
  kVarcharList,
};

/// DuckDB's 16-byte string: inlined up to 12 bytes (duckdb/ asserts the layout).
struct NativeString {
  uint32_t length;
  char prefix[4];
  union {
    char rest[8];
    const char* pointer;
  };
  std::string_view view() const {
    return {length <= 12 ? reinterpret_cast<const char*>(this) + 4 : pointer, length};
  }
};

/// An input column of one chunk. `validity` null: no nulls; else bit i of word i/64.
struct NativeVector {
  NativeType type;
  const void* data;
  const uint64_t* validity;

  bool is_null(size_t row) const { return validity && !((validity[row / 64] >> (row % 64)) & 1); }
  // Copied byte by byte: DuckDB aligns its 16-byte integers to 8 bytes only.
  template <typename T>
  T get(size_t row) const {
    T value;
    std::memcpy(&value, static_cast<const char*>(data) + row * sizeof(T), sizeof(T));
    return value;
  }
  std::string_view text(size_t row) const {
    return static_cast<const NativeString*>(data)[row].view();
  }
};

/// The output column of one chunk; implemented in duckdb/. Fixed-size results are written through
/// `data`.
class NativeWriter {
 public:
  virtual ~NativeWriter() = default;
  virtual void SetNull(size_t row) = 0;
  virtual void SetText(size_t row, std::string_view text) = 0;
  virtual void SetTextList(size_t row, std::span<const std::string_view> items) = 0;
  template <typename T>
  void Set(size_t row, T value) {
    std::memcpy(static_cast<char*>(data_) + row * sizeof(T), &value, sizeof(T));
  }

 protected:
  void* data_ = nullptr;
};

using NativeKernel = void (*)(std::span<const NativeVector> inputs, size_t rows, NativeWriter& out);

/// A function DuckDB lacks, registered under `name` on every connection. Called for every row,
/// nulls included (the kernel decides). Never raises: it gives null or an error code, and the
/// template around it raises.
struct NativeFunction {
  std::string_view name;  // "ember_…"
  std::vector<NativeType> arguments;
  NativeType result;
  NativeKernel kernel;
  bool is_volatile = false;
};

/// An aggregate DuckDB lacks, or computes with other roundings than Spark. Its state is
/// `state_size` plain bytes. `update` is called for every row, nulls included; `combine` adds
/// `source`'s rows after `target`'s.
struct NativeAggregate {
  std::string_view name;  // "ember_…"
  std::vector<NativeType> arguments;
  NativeType result;
  size_t state_size;
  void (*initialize)(void* state);
  void (*update)(void* state, std::span<const NativeVector> inputs, size_t row);
  void (*combine)(void* target, const void* source);
  void (*finalize)(const void* state, size_t row, NativeWriter& out);
};

std::vector<NativeAggregate> NativeAggregates();

/// All of them, gathered from the tables of each native file.
std::vector<NativeFunction> NativeFunctions();

}  // namespace ember
