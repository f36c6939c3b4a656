#pragma once

#include <duckdb.h>

#include <string_view>

#include "base/result.h"

namespace ember {

/// Of a whole partition DuckDB's windows hand an aggregate one state for all rows of a call, as a
/// constant vector, which its C API cannot tell from a state for each row. There the form of the
/// aggregate is called that has this at the end of its name: it reads the first state only.
inline constexpr std::string_view kOneStateSuffix = "_of_one";

/// Makes the aggregates of functions/native.h known to the connection's database, in both forms.
Status RegisterNativeAggregates(duckdb_connection connection);

}  // namespace ember
