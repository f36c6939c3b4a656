#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "batch/batch.h"
#include "duckdb/engine.h"

namespace ember {

/// Tables of rows that clients sent, one for each distinct Arrow stream. Thread-safe.
class LocalTables {
 public:
  explicit LocalTables(Engine& engine) : engine_(engine) {}
  ~LocalTables();
  /// The (quoted) table with the rows of `arrow_ipc`; made when it is not there yet.
  Result<std::string> TableOf(const std::string& arrow_ipc, const Schema& schema);

 private:
  Result<std::string> Make(const std::string& arrow_ipc, const Schema& schema);

  Engine& engine_;
  std::mutex mutex_;
  std::map<size_t, std::string> tables_;
  std::deque<size_t> order_;
};

}  // namespace ember
