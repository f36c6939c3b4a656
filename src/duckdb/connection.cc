#include "duckdb/connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

#include "duckdb/memory_size.h"
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

// What DuckDB puts before the text of an error of a type. Pending results and statements have no
// call for the type itself.
constexpr std::pair<std::string_view, duckdb_error_type> kTypePrefixes[] = {
    {"Out of Memory Error: ", DUCKDB_ERROR_OUT_OF_MEMORY},
    {"INTERRUPT Error: ", DUCKDB_ERROR_INTERRUPT},
    {"IO Error: ", DUCKDB_ERROR_IO},
};

// Whether a text holds the system's own words for a full disk or quota.
bool SaysDiskIsFull(std::string_view message) {
  for (const std::errc code : {std::errc::no_space_on_device, static_cast<std::errc>(EDQUOT)}) {
    const std::string words = std::generic_category().message(static_cast<int>(code));
    if (message.find(words) != std::string_view::npos) return true;
  }
  return false;
}

// Spark's SparkOutOfMemoryError. How much was asked for is in no call of DuckDB's.
Error MemoryError(std::string_view what, std::string_view message) {
  // The first line holds the limit; what follows is advice in DuckDB's own terms.
  return MakeErrorWithMessage(
      "UNABLE_TO_ACQUIRE_MEMORY", {{"requestedBytes", "more"}, {"receivedBytes", "too few"}},
      fmt::format(
          "{}: raise the limit (--memory), or name a folder for spilled data with more room "
          "(--temp-dir). {}.",
          what, message.substr(0, message.find('\n'))));
}

// Runs the query's tasks in this thread until its first rows are there, reporting progress on the
// way. The last state.
duckdb_pending_state RunTasks(duckdb_pending_result pending, duckdb_connection connection,
                              const ExecuteOptions& options) {
  auto next_report = std::chrono::steady_clock::now() + kProgressInterval;
  auto idle_wait = kFirstIdleWait;
  while (true) {
    const duckdb_pending_state state = duckdb_pending_execute_task(pending);
    if (duckdb_pending_execution_is_finished(state)) return state;
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
  if (type == DUCKDB_ERROR_INVALID) {
    for (const auto& [prefix, known] : kTypePrefixes) {
      if (message.starts_with(prefix)) type = known;
    }
  }
  if (type == DUCKDB_ERROR_INTERRUPT) return MakeError("OPERATION_CANCELED");
  if (type == DUCKDB_ERROR_OUT_OF_MEMORY)
    return MemoryError("The query needs more memory than its limit", message);
  if (SaysDiskIsFull(message)) {
    if (message.find(kSpillPrefix) != std::string_view::npos)
      return MemoryError("The disk for spilled data is full", message);
    return MakeErrorWithMessage("TASK_WRITE_FAILED", {{"path", ""}},
                                fmt::format("The disk that is written to is full. {}", message));
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
  if (options.stop.stop_requested()) return MakeError("OPERATION_CANCELED");
  QueryResult query;
  if (duckdb_prepare(connection_, sql.c_str(), &query.statement_) != DuckDBSuccess) {
    const char* message = duckdb_prepare_error(query.statement_);
    return WithContext(DuckDbError(message == nullptr ? "unknown" : message, DUCKDB_ERROR_INVALID),
                       "planning a query");
  }
  duckdb_pending_result pending = nullptr;
  const auto fail_pending = [&] {
    const char* message = duckdb_pending_error(pending);
    Error error = options.stop.stop_requested()
                      ? MakeError("OPERATION_CANCELED")
                      : DuckDbError(message == nullptr ? "unknown" : message, DUCKDB_ERROR_INVALID);
    duckdb_destroy_pending(&pending);
    return error;
  };
  if (duckdb_pending_prepared_streaming(query.statement_, &pending) != DuckDBSuccess)
    return fail_pending();
  // An interrupt is forgotten when a query starts, so it is armed only now.
  std::stop_callback interrupt(options.stop, [this] { Interrupt(); });
  // A result that failed while pending must not be executed: it would only say that it cannot be.
  if (options.progress && RunTasks(pending, connection_, options) == DUCKDB_PENDING_ERROR)
    return fail_pending();
  const bool failed = duckdb_execute_pending(pending, &query.result_) != DuckDBSuccess;
  query.open_ = true;
  duckdb_destroy_pending(&pending);
  if (options.stop.stop_requested()) return MakeError("OPERATION_CANCELED");
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
