#include "duckdb/engine.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <thread>

#include "duckdb/allocator.h"
#include "duckdb/memory_size.h"
#include "duckdb/native_registration.h"
#include "functions/error_token.h"

namespace ember {
namespace {

// DuckDB's own limit, 1000, is less than programs nest that add columns in a loop.
constexpr int kMaxExpressionDepth = 4000;

namespace fs = std::filesystem;

std::string SpillParent(const EngineOptions& options) {
  if (!options.temp_directory.empty()) return options.temp_directory;
  const char* tmp = std::getenv("TMPDIR");
  return fmt::format("{}/ember-{}", tmp != nullptr && *tmp != '\0' ? tmp : "/tmp", getuid());
}

// Spill folders carry their process's id; those of dead processes are garbage.
void RemoveSpillOfDeadProcesses(const std::string& parent) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(parent, error)) {
    const std::string name = entry.path().filename();
    if (!name.starts_with(kSpillPrefix)) continue;
    pid_t pid = 0;
    const char* begin = name.data() + kSpillPrefix.size();
    if (std::from_chars(begin, name.data() + name.size(), pid).ec != std::errc() || pid <= 0)
      continue;
    if (kill(pid, 0) == 0 || errno == EPERM) continue;
    std::error_code ignored;
    fs::remove_all(entry.path(), ignored);
  }
}

using Settings = std::vector<std::pair<std::string, std::string>>;

void AddMemoryAndThreads(const EngineOptions& options, Settings& settings) {
  int working = options.threads;
  int declared = options.threads;
  if (!options.memory_limit.empty()) {
    const std::optional<int64_t> bytes = ParseMemorySize(options.memory_limit);
    settings.emplace_back("memory_limit", options.memory_limit);
    if (working == 0 && bytes) {
      working = ThreadsWithin(*bytes, static_cast<int>(std::thread::hardware_concurrency()));
    }
    if (working > 0) declared = DeclaredThreads(working);
    ReturnFreedPagesAtOnce();
  }
  if (declared == 0) return;
  settings.emplace_back("threads", std::to_string(declared));
  // Threads that DuckDB does not start itself; the caller's is one of those that work.
  settings.emplace_back("external_threads", std::to_string(declared - working + 1));
}

}  // namespace

Engine::Engine(EngineOptions options) : options_(std::move(options)) {
  spill_directory_ = fmt::format("{}/{}{}-{:x}", SpillParent(options_), kSpillPrefix, getpid(),
                                 reinterpret_cast<uintptr_t>(this));
}

Engine::~Engine() {
  if (database_ == nullptr) return;
  duckdb_close(&database_);
  std::error_code ignored;
  fs::remove_all(spill_directory_, ignored);
}

int64_t Engine::NextNumber() {
  std::lock_guard lock(mutex_);
  return ++next_number_;
}

Status Engine::Open() {
  const std::string parent = SpillParent(options_);
  // DuckDB makes the folder for spilling when it first needs it, but not the folders above.
  std::error_code error;
  fs::create_directories(parent, error);
  if (error && !options_.temp_directory.empty()) {
    return InvalidInput(
        fmt::format("cannot make the folder for spilled data (--temp-dir) \"{}\": {}", parent,
                    error.message()));
  }
  RemoveSpillOfDeadProcesses(parent);
  Settings settings = {
      {"autoinstall_known_extensions", "false"},
      {"autoload_known_extensions", "false"},
      // Keys that this user's DuckDB has stored are not Ember's.
      {"allow_persistent_secrets", "false"},
      {"temp_directory", spill_directory_},
      {"preserve_insertion_order", "true"},
      {"partitioned_write_max_open_files", "200"},
      // The system's page cache holds local files already; a second copy only takes memory.
      {"enable_external_file_cache", "false"},
  };
  AddMemoryAndThreads(options_, settings);
  duckdb_config config = nullptr;
  if (duckdb_create_config(&config) != DuckDBSuccess)
    return InternalError("DuckDB gave no configuration");
  for (const auto& [name, value] : settings) {
    if (duckdb_set_config(config, name.c_str(), value.c_str()) != DuckDBSuccess) {
      duckdb_destroy_config(&config);
      return InvalidInput(fmt::format("the engine does not accept {} = \"{}\"", name, value));
    }
  }
  char* message = nullptr;
  const bool opened = duckdb_open_ext(nullptr, &database_, config, &message) == DuckDBSuccess;
  duckdb_destroy_config(&config);
  if (!opened) {
    Error error = InternalError(
        fmt::format("DuckDB does not start: {}", message == nullptr ? "unknown" : message));
    duckdb_free(message);
    return error;
  }
  duckdb_connection connection = nullptr;
  if (duckdb_connect(database_, &connection) != DuckDBSuccess)
    return InternalError("DuckDB refuses connections");
  Connection first(nullptr, connection);
  RETURN_IF_ERROR(first.Run(
      fmt::format("SET GLOBAL TimeZone = 'UTC'; SET GLOBAL max_expression_depth = {}; "
                  "CREATE SCHEMA {}; CREATE SCHEMA {};",
                  kMaxExpressionDepth, SqlIdentifier(kCacheSchema), SqlIdentifier(kLocalSchema))));
  return RegisterNativeFunctions(connection);
}

Result<duckdb_database> Engine::Database() {
  std::lock_guard lock(mutex_);
  if (database_ == nullptr) RETURN_IF_ERROR(Open());
  return database_;
}

Result<Connection> Engine::Connect() {
  ASSIGN_OR_RETURN(duckdb_database database, Database());
  duckdb_connection connection = nullptr;
  if (duckdb_connect(database, &connection) != DuckDBSuccess)
    return InternalError("DuckDB refuses connections");
  return Connection(shared_from_this(), connection);
}

}  // namespace ember
