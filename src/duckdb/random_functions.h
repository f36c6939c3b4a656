#pragma once

#include <duckdb.h>

#include "base/result.h"

namespace ember {

/// ember_rand(seed, row) and ember_randn(seed, row): the draw of a row, counted from 0. Cheapest
/// where rows come in order.
Status RegisterRandomFunctions(duckdb_connection connection);

}  // namespace ember
