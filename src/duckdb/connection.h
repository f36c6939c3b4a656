#pragma once

#include <duckdb.h>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "session/session.h"

namespace ember {

class Engine;

/// Turns the text of a failed DuckDB call into an Error: Ember's token when there is one, else
/// OPERATION_CANCELED (interrupt), UNABLE_TO_ACQUIRE_MEMORY (memory or the disk for spilling is
/// used up), TASK_WRITE_FAILED (the target's disk is full), INTERNAL_ERROR. INVALID: type unknown.
Error DuckDbError(std::string_view message, duckdb_error_type type);

/// A running or finished query. Streams: chunks come as they are made. Not thread-safe.
class QueryResult {
 public:
  QueryResult() = default;
  QueryResult(QueryResult&& other) noexcept { *this = std::move(other); }
  QueryResult& operator=(QueryResult&& other) noexcept;
  ~QueryResult();

  /// The next chunk (the caller destroys it), null at the end.
  Result<duckdb_data_chunk> Next();
  duckdb_result* get() { return &result_; }
  int column_count() { return static_cast<int>(duckdb_column_count(&result_)); }

 private:
  friend class Connection;
  duckdb_prepared_statement statement_ = nullptr;
  duckdb_result result_{};
  bool open_ = false;
};

/// One DuckDB connection: one operation at a time. Movable; closed when it ends.
class Connection {
 public:
  Connection(std::shared_ptr<Engine> engine, duckdb_connection connection)
      : engine_(std::move(engine)), connection_(connection) {}
  Connection(Connection&& other) noexcept;
  Connection& operator=(Connection&&) = delete;
  ~Connection();

  /// Starts `sql` (one statement) and gives its stream. Honours `options.stop` and reports progress
  /// until the first rows are there.
  Result<QueryResult> Query(const std::string& sql, const ExecuteOptions& options = {});
  /// Runs one or more statements and drops their results.
  Status Run(const std::string& sql);
  /// Runs a statement and gives all cells as text; null cells are empty optionals. For small
  /// answers.
  Result<std::vector<std::vector<std::optional<std::string>>>> Rows(
      const std::string& sql, const ExecuteOptions& options = {});
  duckdb_connection get() const { return connection_; }
  /// Stops what runs here; any thread.
  void Interrupt() { duckdb_interrupt(connection_); }

 private:
  std::shared_ptr<Engine> engine_;
  duckdb_connection connection_ = nullptr;
};

}  // namespace ember
