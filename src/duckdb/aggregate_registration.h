#pragma once

#include <duckdb.h>

#include "base/result.h"

namespace ember {

/// Makes the aggregates of functions/native.h known to the connection's database.
Status RegisterNativeAggregates(duckdb_connection connection);

}  // namespace ember
