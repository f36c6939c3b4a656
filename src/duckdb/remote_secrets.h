#pragma once

#include <duckdb.h>

#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "store/remote_stores.h"

namespace ember {

/// How to reach what a path names, now; none: DuckDB's own settings hold. Called from DuckDB's
/// threads, whenever it opens a file.
using AccessSource = std::function<std::optional<ObjectAccess>(const std::string& path)>;

/// Lets DuckDB's httpfs ask `source` for the keys of each file that it opens, so that a query that
/// runs for long, over any number of buckets, always has keys that hold. A secret made by SQL would
/// be seen as it was when the query began. Once for each database, before httpfs is loaded;
/// `source` is kept as long as the database.
Status AddRemoteSecrets(duckdb_database database, AccessSource source);

}  // namespace ember
