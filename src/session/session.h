#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "batch/batch.h"
#include "plan/command.h"
#include "plan/relation.h"

namespace ember {

/// How far a running query is.
struct Progress {
  double fraction = -1;  // 0 … 1; negative: unknown
  int64_t rows_done = 0;
  int64_t rows_total = 0;
};

struct ExecuteOptions {
  std::stop_token stop;  // OPERATION_CANCELLED when it is requested
  std::function<void(const Progress&)>
      progress;                    // called from the executing thread, a few times a second
  int64_t max_rows_per_batch = 0;  // 0: the session's default
};

/// What a write did.
struct WriteResult {
  int64_t rows = 0;
  int64_t bytes = 0;
  std::vector<std::string> files;
};

enum class ExplainMode { kSimple, kExtended, kCodegen, kCost, kFormatted };

struct StorageLevel {
  bool use_disk = false;
  bool use_memory = false;
  bool use_off_heap = false;
  bool deserialized = false;
  int replication = 1;
  bool operator==(const StorageLevel&) const = default;
};

/// A Spark session over one engine. Thread-safe: any number of operations may run at once;
/// configuration and temporary views belong to the session. Plans refer to no session; the same
/// plan may go to several.
class Session {
 public:
  virtual ~Session() = default;

  virtual std::string_view id() const = 0;
  virtual std::string SparkVersion() const = 0;

  /// Runs a query. The stream must not outlive the session.
  virtual Result<std::unique_ptr<BatchStream>> Execute(RelationPtr relation,
                                                       ExecuteOptions options) = 0;
  /// Runs a command; its answer is a relation (often without columns), to be executed like any
  /// other.
  virtual Result<RelationPtr> Execute(const Command& command, ExecuteOptions options) = 0;
  /// A SQL statement: a command is executed now, a query only analysed; both answer a relation.
  virtual Result<RelationPtr> ExecuteSql(const SqlQuery& query, ExecuteOptions options) = 0;
  /// Writes files and says what was written (Execute with WriteFiles drops that).
  virtual Result<WriteResult> Write(const WriteFiles& write, ExecuteOptions options) = 0;

  /// Names, types and nullability; never runs the query (but where Spark does).
  virtual Result<Schema> AnalyzeSchema(RelationPtr relation) = 0;
  virtual Result<std::string> ExplainText(RelationPtr relation, ExplainMode mode) = 0;
  virtual Result<std::vector<std::string>> InputFiles(RelationPtr relation) = 0;
  virtual Result<bool> SameSemantics(RelationPtr a, RelationPtr b) = 0;

  virtual Status Persist(RelationPtr relation, StorageLevel level) = 0;
  virtual Status Unpersist(RelationPtr relation, bool blocking) = 0;  // NOLINT: Spark's own flag
  virtual Result<StorageLevel> GetStorageLevel(RelationPtr relation) = 0;

  /// SQL_CONF_NOT_FOUND for a key that is neither set nor known.
  virtual Result<std::string> GetConfig(const std::string& key) = 0;
  virtual std::optional<std::string> FindConfig(const std::string& key) = 0;
  virtual Status SetConfig(const std::string& key, const std::string& value) = 0;
  virtual Status UnsetConfig(const std::string& key) = 0;
  virtual std::map<std::string, std::string> AllConfig() = 0;
  virtual bool IsModifiableConfig(const std::string& key) = 0;

  /// Keeps an artifact ("cache/<sha256>", "files/…") for later plans; and asks which are here.
  virtual Status AddArtifact(const std::string& name, std::string bytes) = 0;
  virtual bool HasArtifact(const std::string& name) = 0;
};

/// Makes sessions of one engine: what server/ is given.
class SessionFactory {
 public:
  virtual ~SessionFactory() = default;
  virtual Result<std::shared_ptr<Session>> NewSession(const std::string& id,
                                                      const std::string& user) = 0;
};

}  // namespace ember
