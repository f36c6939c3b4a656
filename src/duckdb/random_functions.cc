#include "duckdb/random_functions.h"

#include <fmt/format.h>

#include "functions/random_generator.h"

namespace ember {
namespace {

// Where a thread is in the draws of a seed: only what saves drawing the earlier rows again.
struct DrawState {
  int64_t seed = 0;
  int64_t next_row = 0;
  XorShiftRandom generator{0};
};

using DrawFunction = double (XorShiftRandom::*)();

template <DrawFunction draw>
double DrawOf(DrawState& state, int64_t seed, int64_t row) {
  if (seed != state.seed || row < state.next_row) state = {seed, 0, XorShiftRandom(seed)};
  for (; state.next_row < row; ++state.next_row) (state.generator.*draw)();
  ++state.next_row;
  return (state.generator.*draw)();
}

void InitializeState(duckdb_init_info info) {
  duckdb_scalar_function_init_set_state(info, new DrawState(),
                                        [](void* state) { delete static_cast<DrawState*>(state); });
}

template <DrawFunction draw>
void DrawChunk(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
  auto& state = *static_cast<DrawState*>(duckdb_scalar_function_get_state(info));
  const auto* seeds =
      static_cast<const int64_t*>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(input, 0)));
  const auto* rows =
      static_cast<const int64_t*>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(input, 1)));
  auto* draws = static_cast<double*>(duckdb_vector_get_data(output));
  const idx_t size = duckdb_data_chunk_get_size(input);
  for (idx_t i = 0; i < size; ++i) draws[i] = DrawOf<draw>(state, seeds[i], rows[i]);
}

Status Register(duckdb_connection connection, const char* name,
                duckdb_scalar_function_t draw_chunk) {
  duckdb_scalar_function function = duckdb_create_scalar_function();
  duckdb_scalar_function_set_name(function, name);
  duckdb_logical_type integer = duckdb_create_logical_type(DUCKDB_TYPE_BIGINT);
  duckdb_logical_type real = duckdb_create_logical_type(DUCKDB_TYPE_DOUBLE);
  duckdb_scalar_function_add_parameter(function, integer);
  duckdb_scalar_function_add_parameter(function, integer);
  duckdb_scalar_function_set_return_type(function, real);
  duckdb_destroy_logical_type(&integer);
  duckdb_destroy_logical_type(&real);
  duckdb_scalar_function_set_init(function, InitializeState);
  duckdb_scalar_function_set_function(function, draw_chunk);
  const bool registered = duckdb_register_scalar_function(connection, function) == DuckDBSuccess;
  duckdb_destroy_scalar_function(&function);
  if (!registered)
    return InternalError(fmt::format("DuckDB does not take the native function {}", name));
  return {};
}

}  // namespace

Status RegisterRandomFunctions(duckdb_connection connection) {
  RETURN_IF_ERROR(Register(connection, "ember_rand", DrawChunk<&XorShiftRandom::NextDouble>));
  return Register(connection, "ember_randn", DrawChunk<&XorShiftRandom::NextGaussian>);
}

}  // namespace ember
