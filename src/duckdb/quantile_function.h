#pragma once

#include <duckdb.h>

#include "base/result.h"

namespace ember {

/// ember_quantiles(values, percentages, relative_error): what Spark's sketch of the list's values
/// answers for the list of percentages; null for an empty list.
Status RegisterQuantileFunction(duckdb_connection connection);

}  // namespace ember
