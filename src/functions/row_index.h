#pragma once

#include <string_view>

namespace ember {

/// The number of a row in the input of its relation, from 0, in input order: a column that duckdb/
/// adds below every relation whose expressions name it. For functions whose answer depends on the
/// rows before: rand, monotonically_increasing_id.
inline constexpr std::string_view kRowIndexColumn = "\"row_index\"";

}  // namespace ember
