#pragma once

#include <memory>
#include <string>

#include "batch/batch.h"
#include "duckdb/connection.h"
#include "session/session.h"

namespace ember {

/// Runs `sql`, whose columns have the storage types of `schema` in order (one column of no meaning
/// when the schema has none), and gives its rows as batches. Takes over the connection.
Result<std::unique_ptr<BatchStream>> StreamQuery(Connection connection, const std::string& sql,
                                                 std::shared_ptr<const Schema> schema,
                                                 ExecuteOptions options);

}  // namespace ember
