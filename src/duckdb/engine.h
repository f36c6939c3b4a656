#pragma once

#include <duckdb.h>

#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "duckdb/connection.h"

namespace ember {

/// What the process gives to DuckDB.
struct EngineOptions {
  int threads = 0;             // 0: one per core
  std::string memory_limit;    // "512MB"; empty: DuckDB's own default
  std::string temp_directory;  // parent of the folder for spilling; empty: $TMPDIR/ember-spill
};

/// The process's DuckDB database, in memory. Opened by the first connection, so that a server
/// starts at once; closed, and its spill folder removed, with the last owner. Thread-safe.
class Engine : public std::enable_shared_from_this<Engine> {
 public:
  explicit Engine(EngineOptions options);
  Engine(const Engine&) = delete;
  ~Engine();

  Result<Connection> Connect();
  /// The database itself, opened if it is not yet; owned by this.
  Result<duckdb_database> Database();
  /// A number no other call got: names of tables and files.
  int64_t NextNumber();
  /// This process's folder for spilling and staging; exists only once needed.
  const std::string& spill_directory() const { return spill_directory_; }

 private:
  Status Open();

  EngineOptions options_;
  std::string spill_directory_;
  std::mutex mutex_;
  duckdb_database database_ = nullptr;
  int64_t next_number_ = 0;
};

/// Schemas of the database: cached plans, and rows sent by clients.
inline constexpr std::string_view kCacheSchema = "ember_cache";
inline constexpr std::string_view kLocalSchema = "ember_local";

}  // namespace ember
