#include "duckdb/native_registration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "duckdb/aggregate_registration.h"
#include "duckdb/quantile_function.h"
#include "duckdb/random_functions.h"
#include "duckdb/record_functions.h"
#include "functions/native.h"

namespace ember {
namespace {

static_assert(sizeof(NativeString) == sizeof(duckdb_string_t));
static_assert(offsetof(NativeString, length) == offsetof(duckdb_string_t, value.inlined.length));
static_assert(offsetof(NativeString, prefix) == offsetof(duckdb_string_t, value.pointer.prefix));
static_assert(offsetof(NativeString, pointer) == offsetof(duckdb_string_t, value.pointer.ptr));

duckdb_type TypeOf(NativeType type) {
  switch (type) {
    case NativeType::kBoolean:
      return DUCKDB_TYPE_BOOLEAN;
    case NativeType::kTinyInt:
      return DUCKDB_TYPE_TINYINT;
    case NativeType::kSmallInt:
      return DUCKDB_TYPE_SMALLINT;
    case NativeType::kInteger:
      return DUCKDB_TYPE_INTEGER;
    case NativeType::kBigInt:
      return DUCKDB_TYPE_BIGINT;
    case NativeType::kHugeInt:
      return DUCKDB_TYPE_HUGEINT;
    case NativeType::kDecimal:
      return DUCKDB_TYPE_ANY;
    case NativeType::kFloat:
      return DUCKDB_TYPE_FLOAT;
    case NativeType::kDouble:
      return DUCKDB_TYPE_DOUBLE;
    case NativeType::kDate:
      return DUCKDB_TYPE_DATE;
    case NativeType::kTimestamp:
      return DUCKDB_TYPE_TIMESTAMP;
    case NativeType::kVarchar:
    case NativeType::kVarcharList:
      return DUCKDB_TYPE_VARCHAR;
    case NativeType::kBlob:
      return DUCKDB_TYPE_BLOB;
  }
  return DUCKDB_TYPE_INVALID;
}

class VectorWriter final : public NativeWriter {
 public:
  VectorWriter(duckdb_vector vector, NativeType type)
      : vector_(vector), is_list_(type == NativeType::kVarcharList) {
    data_ = duckdb_vector_get_data(vector);
  }

  void SetNull(size_t row) override {
    if (validity_ == nullptr) {
      duckdb_vector_ensure_validity_writable(vector_);
      validity_ = duckdb_vector_get_validity(vector_);
    }
    duckdb_validity_set_row_invalid(validity_, row);
    // A list entry of a null row must still be readable.
    if (is_list_) static_cast<duckdb_list_entry*>(data_)[row] = {list_size_, 0};
  }
  void SetText(size_t row, std::string_view text) override {
    duckdb_vector_assign_string_element_len(vector_, row, text.data(), text.size());
  }
  void SetTextList(size_t row, std::span<const std::string_view> items) override {
    const uint64_t first = list_size_;
    list_size_ += items.size();
    if (list_size_ > capacity_) {
      capacity_ = std::max<uint64_t>(list_size_ * 2, 4096);
      duckdb_list_vector_reserve(vector_, capacity_);
    }
    duckdb_list_vector_set_size(vector_, list_size_);
    duckdb_vector child = duckdb_list_vector_get_child(vector_);
    for (size_t i = 0; i < items.size(); ++i) {
      duckdb_vector_assign_string_element_len(child, first + i, items[i].data(), items[i].size());
    }
    static_cast<duckdb_list_entry*>(data_)[row] = {first, items.size()};
  }

 private:
  duckdb_vector vector_;
  bool is_list_;
  uint64_t* validity_ = nullptr;
  uint64_t list_size_ = 0;
  uint64_t capacity_ = 0;
};

template <typename T>
void Widen(const void* data, size_t rows, std::vector<__int128>& wide) {
  const auto* narrow = static_cast<const T*>(data);
  wide.assign(narrow, narrow + rows);
}

// A DECIMAL of any width as __int128; `wide` holds the values where they had to be copied.
const void* WideDecimals(duckdb_vector vector, size_t rows, std::vector<__int128>& wide) {
  const void* data = duckdb_vector_get_data(vector);
  duckdb_logical_type type = duckdb_vector_get_column_type(vector);
  duckdb_type storage = duckdb_get_type_id(type);
  if (storage == DUCKDB_TYPE_DECIMAL) storage = duckdb_decimal_internal_type(type);
  duckdb_destroy_logical_type(&type);
  switch (storage) {
    case DUCKDB_TYPE_SMALLINT:
      Widen<int16_t>(data, rows, wide);
      return wide.data();
    case DUCKDB_TYPE_INTEGER:
      Widen<int32_t>(data, rows, wide);
      return wide.data();
    case DUCKDB_TYPE_BIGINT:
      Widen<int64_t>(data, rows, wide);
      return wide.data();
    default:
      return data;
  }
}

void CallKernel(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
  const auto* function =
      static_cast<const NativeFunction*>(duckdb_scalar_function_get_extra_info(info));
  const size_t rows = duckdb_data_chunk_get_size(input);
  std::vector<NativeVector> inputs(function->arguments.size());
  std::vector<std::vector<__int128>> decimals(inputs.size());
  for (size_t i = 0; i < inputs.size(); ++i) {
    duckdb_vector vector = duckdb_data_chunk_get_vector(input, i);
    const NativeType type = function->arguments[i];
    const void* data = type == NativeType::kDecimal ? WideDecimals(vector, rows, decimals[i])
                                                    : duckdb_vector_get_data(vector);
    inputs[i] = {type, data, duckdb_vector_get_validity(vector)};
  }
  VectorWriter writer(output, function->result);
  function->kernel(inputs, rows, writer);
}

void DeleteFunction(void* function) { delete static_cast<NativeFunction*>(function); }

struct LogicalType {
  explicit LogicalType(NativeType type) : handle(duckdb_create_logical_type(TypeOf(type))) {
    if (type != NativeType::kVarcharList) return;
    duckdb_logical_type item = handle;
    handle = duckdb_create_list_type(item);
    duckdb_destroy_logical_type(&item);
  }
  LogicalType(const LogicalType&) = delete;
  ~LogicalType() { duckdb_destroy_logical_type(&handle); }
  duckdb_logical_type handle;
};

Status Register(duckdb_connection connection, const NativeFunction& native) {
  duckdb_scalar_function function = duckdb_create_scalar_function();
  const std::string name(native.name);
  duckdb_scalar_function_set_name(function, name.c_str());
  for (NativeType argument : native.arguments) {
    duckdb_scalar_function_add_parameter(function, LogicalType(argument).handle);
  }
  duckdb_scalar_function_set_return_type(function, LogicalType(native.result).handle);
  // Nulls reach the kernel: it decides.
  duckdb_scalar_function_set_special_handling(function);
  if (native.is_volatile) duckdb_scalar_function_set_volatile(function);
  duckdb_scalar_function_set_extra_info(function, new NativeFunction(native), DeleteFunction);
  duckdb_scalar_function_set_function(function, CallKernel);
  const bool registered = duckdb_register_scalar_function(connection, function) == DuckDBSuccess;
  duckdb_destroy_scalar_function(&function);
  if (!registered)
    return InternalError(fmt::format("DuckDB does not take the native function {}", name));
  return {};
}

}  // namespace

Status RegisterNativeFunctions(duckdb_connection connection) {
  for (const NativeFunction& native : NativeFunctions())
    RETURN_IF_ERROR(Register(connection, native));
  for (const NativeFunction& native : RecordFunctions())
    RETURN_IF_ERROR(Register(connection, native));
  RETURN_IF_ERROR(RegisterRandomFunctions(connection));
  RETURN_IF_ERROR(RegisterQuantileFunction(connection));
  return RegisterNativeAggregates(connection);
}

}  // namespace ember
