#include "duckdb/connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "functions/error_token.h"

namespace ember {
namespace {

constexpr auto kProgressInterval = std::chrono::milliseconds(200);
// While other threads do the last tasks: a short query ends soon, a long one is not disturbed.
constexpr auto kFirstIdleWait = std::chrono::microseconds(20);
constexpr auto kLastIdleWait = std::chrono::microseconds(500);

Error ResultError(duckdb_result* result) {
  const char* message = duckdb_result_error(result);
  return DuckDbError(message == nullptr ? "unknown" : message, duckdb_result_error_type(result));
}

// Runs the query's tasks in this thread until its first rows are there, reporting progress on the
// way.
void RunTasks(duckdb_pending_result pending, duckdb_connection connection,
              const ExecuteOptions& options) {
  auto next_report = std::chrono::steady_clock::now() + kProgressInterval;
  auto idle_wait = kFirstIdleWait;
  while (true) {
    const duckdb_pending_state state = duckdb_pending_execute_task(pending);
    if (duckdb_pending_execution_is_finished(state)) return;
    if (state == DUCKDB_PENDING_NO_TASKS_AVAILABLE) {
      std::this_thread::sleep_for(idle_wait);
      idle_wait = std::min(2 * idle_wait, kLastIdleWait);
    }
    const auto now = std::chrono::steady_clock::now();
    if (now < next_report) continue;
    next_report = now + kProgressInterval;
    const duckdb_query_progress_type progress = duckdb_query_progress(connection);
    options.progress({.fraction = progress.percentage < 0 ? -1 : progress.percentage / 100,
                      .rows_done = static_cast<int64_t>(progress.rows_processed),
                      .rows_total = static_cast<int64_t>(progress.total_rows_to_process)});
  }
}

}  // namespace

Error DuckDbError(std::string_view message, duckdb_error_type type) {
  if (auto token = ParseErrorToken(message)) return *std::move(token);
  if (type == DUCKDB_ERROR_INTERRUPT) return MakeError("OPERATION_CANCELLED");
  if (type == DUCKDB_ERROR_OUT_OF_MEMORY) {
    return InvalidInput(fmt::format(
        "out of memory: raise the memory limit or give a folder for spilling ({})", message));
  }
  return InternalError(fmt::format("DuckDB: {}", message));
}

QueryResult& QueryResult::operator=(QueryResult&& other) noexcept {
  std::swap(statement_, other.statement_);
  std::swap(result_, other.result_);
  std::swap(open_, other.open_);
  return *this;
}

QueryResult::~QueryResult() {
  if (open_) duckdb_destroy_result(&result_);
  if (statement_ != nullptr) duckdb_destroy_prepare(&statement_);
}

Result<duckdb_data_chunk> QueryResult::Next() {
  duckdb_data_chunk chunk = duckdb_fetch_chunk(result_);
  if (chunk != nullptr) return chunk;
  if (duckdb_result_error(&result_) != nullptr) return ResultError(&result_);
  return duckdb_data_chunk{nullptr};
}

Connection::Connection(Connection&& other) noexcept
    : engine_(std::move(other.engine_)), connection_(std::exchange(other.connection_, nullptr)) {}

Connection::~Connection() {
  if (connection_ != nullptr) duckdb_disconnect(&connection_);
}

Result<QueryResult> Connection::Query(const std::string& sql, const ExecuteOptions& options) {
  if (options.stop.stop_requested()) return MakeError("OPERATION_CANCELLED");
  QueryResult query;
  if (duckdb_prepare(connection_, sql.c_str(), &query.statement_) != DuckDBSuccess) {
    const char* message = duckdb_prepare_error(query.statement_);
    return WithContext(DuckDbError(message == nullptr ? "unknown" : message, DUCKDB_ERROR_INVALID),
                       "planning a query");
  }
  duckdb_pending_result pending = nullptr;
  if (duckdb_pending_prepared_streaming(query.statement_, &pending) != DuckDBSuccess) {
    const char* message = duckdb_pending_error(pending);
    Error error = DuckDbError(message == nullptr ? "unknown" : message, DUCKDB_ERROR_INVALID);
    duckdb_destroy_pending(&pending);
    return error;
  }
  // An interrupt is forgotten when a query starts, so it is armed only now.
  std::stop_callback interrupt(options.stop, [this] { Interrupt(); });
  if (options.progress) RunTasks(pending, connection_, options);
  const bool failed = duckdb_execute_pending(pending, &query.result_) != DuckDBSuccess;
  query.open_ = true;
  duckdb_destroy_pending(&pending);
  if (options.stop.stop_requested()) return MakeError("OPERATION_CANCELLED");
  if (failed) return ResultError(&query.result_);
  return query;
}

Status Connection::Run(const std::string& sql) {
  duckdb_result result;
  const bool failed = duckdb_query(connection_, sql.c_str(), &result) != DuckDBSuccess;
  std::optional<Error> error;
  if (failed) error = ResultError(&result);
  duckdb_destroy_result(&result);
  if (error) return *std::move(error);
  return {};
}

Result<std::vector<std::vector<std::optional<std::string>>>> Connection::Rows(
    const std::string& sql, const ExecuteOptions& options) {
  ASSIGN_OR_RETURN(
      QueryResult query,
      Query(fmt::format("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ({}) AS q", sql), options));
  std::vector<std::vector<std::optional<std::string>>> rows;
  while (true) {
    ASSIGN_OR_RETURN(duckdb_data_chunk chunk, query.Next());
    if (chunk == nullptr) return rows;
    const idx_t count = duckdb_data_chunk_get_size(chunk);
    const idx_t columns = duckdb_data_chunk_get_column_count(chunk);
    const size_t first = rows.size();
    rows.resize(first + count, std::vector<std::optional<std::string>>(columns));
    for (idx_t c = 0; c < columns; ++c) {
      duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, c);
      auto* data = static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector));
      uint64_t* validity = duckdb_vector_get_validity(vector);
      for (idx_t r = 0; r < count; ++r) {
        if (validity != nullptr && !duckdb_validity_row_is_valid(validity, r)) continue;
        rows[first + r][c] =
            std::string(duckdb_string_t_data(&data[r]), duckdb_string_t_length(data[r]));
      }
    }
    duckdb_destroy_data_chunk(&chunk);
  }
}

}  // namespace ember
