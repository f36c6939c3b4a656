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

// The same of sampling: how often the row is taken.
struct SampleState {
  double mean = -1;
  int64_t seed = 0;
  int64_t next_row = 0;
  PoissonSampler sampler{0, 0};

  int64_t CountOf(double row_mean, int64_t row_seed, int64_t row) {
    if (row_mean != mean || row_seed != seed || row < next_row)
      *this = {row_mean, row_seed, 0, PoissonSampler(row_mean, row_seed)};
    for (; next_row < row; ++next_row) sampler.Next();
    ++next_row;
    return sampler.Next();
  }
};

// (seed, row, mean)
void SampleChunk(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
  auto& state = *static_cast<SampleState*>(duckdb_scalar_function_get_state(info));
  const auto data = [&](idx_t i) {
    return duckdb_vector_get_data(duckdb_data_chunk_get_vector(input, i));
  };
  const auto* seeds = static_cast<const int64_t*>(data(0));
  const auto* rows = static_cast<const int64_t*>(data(1));
  const auto* means = static_cast<const double*>(data(2));
  auto* counts = static_cast<int64_t*>(duckdb_vector_get_data(output));
  const idx_t size = duckdb_data_chunk_get_size(input);
  for (idx_t i = 0; i < size; ++i) counts[i] = state.CountOf(means[i], seeds[i], rows[i]);
}

template <typename State>
void InitializeState(duckdb_init_info info) {
  duckdb_scalar_function_init_set_state(info, new State(),
                                        [](void* state) { delete static_cast<State*>(state); });
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

struct RandomFunction {
  const char* name;
  duckdb_scalar_function_t chunk;
  duckdb_scalar_function_init_t init = InitializeState<DrawState>;
  bool is_sample = false;
};

Status Register(duckdb_connection connection, const RandomFunction& random) {
  duckdb_scalar_function function = duckdb_create_scalar_function();
  duckdb_scalar_function_set_name(function, random.name);
  duckdb_logical_type integer = duckdb_create_logical_type(DUCKDB_TYPE_BIGINT);
  duckdb_logical_type real = duckdb_create_logical_type(DUCKDB_TYPE_DOUBLE);
  duckdb_scalar_function_add_parameter(function, integer);
  duckdb_scalar_function_add_parameter(function, integer);
  if (random.is_sample) duckdb_scalar_function_add_parameter(function, real);
  duckdb_scalar_function_set_return_type(function, random.is_sample ? integer : real);
  duckdb_destroy_logical_type(&integer);
  duckdb_destroy_logical_type(&real);
  duckdb_scalar_function_set_init(function, random.init);
  duckdb_scalar_function_set_function(function, random.chunk);
  const bool registered = duckdb_register_scalar_function(connection, function) == DuckDBSuccess;
  duckdb_destroy_scalar_function(&function);
  if (!registered)
    return InternalError(fmt::format("DuckDB does not take the native function {}", random.name));
  return {};
}

}  // namespace

Status RegisterRandomFunctions(duckdb_connection connection) {
  constexpr RandomFunction kFunctions[] = {
      {"ember_rand", DrawChunk<&XorShiftRandom::NextDouble>},
      {"ember_randn", DrawChunk<&XorShiftRandom::NextGaussian>},
      {"ember_sample_count", SampleChunk, InitializeState<SampleState>, true},
  };
  for (const RandomFunction& random : kFunctions) RETURN_IF_ERROR(Register(connection, random));
  return {};
}

}  // namespace ember
