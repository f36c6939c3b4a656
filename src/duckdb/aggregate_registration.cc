#include "duckdb/aggregate_registration.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "functions/native.h"

namespace ember {
namespace {

// The types that native aggregates take and give so far.
duckdb_type TypeOf(NativeType type) {
  switch (type) {
    case NativeType::kDouble:
      return DUCKDB_TYPE_DOUBLE;
    case NativeType::kBigInt:
      return DUCKDB_TYPE_BIGINT;
    case NativeType::kInteger:
      return DUCKDB_TYPE_INTEGER;
    case NativeType::kVarchar:
      return DUCKDB_TYPE_VARCHAR;
    default:
      return DUCKDB_TYPE_INVALID;
  }
}

const NativeAggregate& AggregateOf(duckdb_function_info info) {
  return *static_cast<const NativeAggregate*>(duckdb_aggregate_function_get_extra_info(info));
}

class ResultWriter final : public NativeWriter {
 public:
  ResultWriter(duckdb_vector vector, idx_t offset) : vector_(vector), offset_(offset) {
    data_ = duckdb_vector_get_data(vector);
  }
  void SetNull(size_t row) override {
    duckdb_vector_ensure_validity_writable(vector_);
    duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector_), row);
  }
  void SetText(size_t row, std::string_view text) override {
    duckdb_vector_assign_string_element_len(vector_, row, text.data(), text.size());
  }
  void SetTextList(size_t row, std::span<const std::string_view>) override { SetNull(row); }
  size_t row(idx_t index) const { return offset_ + index; }

 private:
  duckdb_vector vector_;
  idx_t offset_;
};

idx_t StateSize(duckdb_function_info info) { return AggregateOf(info).state_size; }

void Initialize(duckdb_function_info info, duckdb_aggregate_state state) {
  AggregateOf(info).initialize(state);
}

template <bool one_state>
void Update(duckdb_function_info info, duckdb_data_chunk input, duckdb_aggregate_state* states) {
  const NativeAggregate& aggregate = AggregateOf(info);
  std::vector<NativeVector> inputs(aggregate.arguments.size());
  for (size_t i = 0; i < inputs.size(); ++i) {
    duckdb_vector vector = duckdb_data_chunk_get_vector(input, i);
    inputs[i] = {aggregate.arguments[i], duckdb_vector_get_data(vector),
                 duckdb_vector_get_validity(vector)};
  }
  const size_t rows = duckdb_data_chunk_get_size(input);
  for (size_t row = 0; row < rows; ++row)
    aggregate.update(states[one_state ? 0 : row], inputs, row);
}

void Combine(duckdb_function_info info, duckdb_aggregate_state* source,
             duckdb_aggregate_state* target, idx_t count) {
  const NativeAggregate& aggregate = AggregateOf(info);
  for (idx_t i = 0; i < count; ++i) aggregate.combine(target[i], source[i]);
}

void Finalize(duckdb_function_info info, duckdb_aggregate_state* source, duckdb_vector result,
              idx_t count, idx_t offset) {
  const NativeAggregate& aggregate = AggregateOf(info);
  ResultWriter writer(result, offset);
  for (idx_t i = 0; i < count; ++i) aggregate.finalize(source[i], writer.row(i), writer);
}

void DeleteAggregate(void* aggregate) { delete static_cast<NativeAggregate*>(aggregate); }

Status Register(duckdb_connection connection, const NativeAggregate& native,
                std::string_view suffix, duckdb_aggregate_update_t update) {
  duckdb_aggregate_function function = duckdb_create_aggregate_function();
  const std::string name = std::string(native.name) + std::string(suffix);
  duckdb_aggregate_function_set_name(function, name.c_str());
  for (NativeType argument : native.arguments) {
    duckdb_logical_type type = duckdb_create_logical_type(TypeOf(argument));
    duckdb_aggregate_function_add_parameter(function, type);
    duckdb_destroy_logical_type(&type);
  }
  duckdb_logical_type result = duckdb_create_logical_type(TypeOf(native.result));
  duckdb_aggregate_function_set_return_type(function, result);
  duckdb_destroy_logical_type(&result);
  // Nulls reach the aggregate: it decides.
  duckdb_aggregate_function_set_special_handling(function);
  duckdb_aggregate_function_set_extra_info(function, new NativeAggregate(native), DeleteAggregate);
  duckdb_aggregate_function_set_functions(function, StateSize, Initialize, update, Combine,
                                          Finalize);
  const bool registered = duckdb_register_aggregate_function(connection, function) == DuckDBSuccess;
  duckdb_destroy_aggregate_function(&function);
  if (!registered) {
    return InternalError(fmt::format("DuckDB does not take the native aggregate {}", name));
  }
  return {};
}

}  // namespace

Status RegisterNativeAggregates(duckdb_connection connection) {
  for (const NativeAggregate& native : NativeAggregates()) {
    RETURN_IF_ERROR(Register(connection, native, "", Update<false>));
    RETURN_IF_ERROR(Register(connection, native, kOneStateSuffix, Update<true>));
  }
  return {};
}

}  // namespace ember
