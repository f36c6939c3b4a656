#pragma once

#include <duckdb.h>

#include "base/result.h"

namespace ember {

/// Makes the functions of functions/native.h, and those of file reading, known to the connection's
/// database.
Status RegisterNativeFunctions(duckdb_connection connection);

}  // namespace ember
