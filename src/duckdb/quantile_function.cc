#include "duckdb/quantile_function.h"

#include <algorithm>
#include <vector>

#include "functions/quantile_sketch.h"

namespace ember {
namespace {

// A column of lists of doubles.
struct ListColumn {
  explicit ListColumn(duckdb_vector vector)
      : entries(static_cast<const duckdb_list_entry*>(duckdb_vector_get_data(vector))),
        values(static_cast<const double*>(
            duckdb_vector_get_data(duckdb_list_vector_get_child(vector)))) {}

  std::vector<double> at(idx_t row) const {
    const double* first = values + entries[row].offset;
    return {first, first + entries[row].length};
  }

  const duckdb_list_entry* entries;
  const double* values;
};

void FindQuantiles(duckdb_function_info, duckdb_data_chunk input, duckdb_vector output) {
  duckdb_vector lists = duckdb_data_chunk_get_vector(input, 0);
  const ListColumn values(lists);
  const ListColumn percentages(duckdb_data_chunk_get_vector(input, 1));
  const auto* errors =
      static_cast<const double*>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(input, 2)));
  uint64_t* validity = duckdb_vector_get_validity(lists);
  auto* entries = static_cast<duckdb_list_entry*>(duckdb_vector_get_data(output));
  duckdb_vector_ensure_validity_writable(output);
  uint64_t* found = duckdb_vector_get_validity(output);
  std::vector<double> all;
  const idx_t size = duckdb_data_chunk_get_size(input);
  for (idx_t row = 0; row < size; ++row) {
    entries[row] = {all.size(), 0};
    const bool is_null = validity != nullptr && !duckdb_validity_row_is_valid(validity, row);
    std::vector<double> quantiles;
    if (!is_null) {
      QuantileSketch sketch(errors[row]);
      for (const double value : values.at(row)) sketch.Insert(value);
      quantiles = sketch.Query(percentages.at(row));
    }
    if (quantiles.empty()) duckdb_validity_set_row_invalid(found, row);
    entries[row].length = quantiles.size();
    all.insert(all.end(), quantiles.begin(), quantiles.end());
  }
  duckdb_list_vector_reserve(output, all.size());
  duckdb_list_vector_set_size(output, all.size());
  std::copy(all.begin(), all.end(),
            static_cast<double*>(duckdb_vector_get_data(duckdb_list_vector_get_child(output))));
}

}  // namespace

Status RegisterQuantileFunction(duckdb_connection connection) {
  duckdb_scalar_function function = duckdb_create_scalar_function();
  duckdb_scalar_function_set_name(function, "ember_quantiles");
  duckdb_logical_type real = duckdb_create_logical_type(DUCKDB_TYPE_DOUBLE);
  duckdb_logical_type list = duckdb_create_list_type(real);
  duckdb_scalar_function_add_parameter(function, list);
  duckdb_scalar_function_add_parameter(function, list);
  duckdb_scalar_function_add_parameter(function, real);
  duckdb_scalar_function_set_return_type(function, list);
  duckdb_destroy_logical_type(&list);
  duckdb_destroy_logical_type(&real);
  duckdb_scalar_function_set_function(function, FindQuantiles);
  const bool registered = duckdb_register_scalar_function(connection, function) == DuckDBSuccess;
  duckdb_destroy_scalar_function(&function);
  if (!registered) return InternalError("DuckDB does not take the native function ember_quantiles");
  return {};
}

}  // namespace ember
