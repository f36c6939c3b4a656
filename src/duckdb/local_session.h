#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analyzer/analyzer.h"
#include "analyzer/source_catalog.h"
#include "duckdb/answered_catalog.h"
#include "duckdb/config.h"
#include "duckdb/duckdb_session.h"
#include "duckdb/engine.h"
#include "duckdb/file_source.h"
#include "duckdb/local_tables.h"
#include "duckdb/session_store.h"
#include "duckdb/sql_writer.h"
#include "duckdb/table_catalog.h"
#include "session/session.h"
#include "sql/parser.h"

namespace ember {

/// What the sessions of one factory share.
struct SharedState {
  std::shared_ptr<Engine> engine;
  Store* store = nullptr;
  RemoteStores* remote = nullptr;
  OuterCatalog* outer_catalog = nullptr;
  std::unique_ptr<RemoteReaders> remote_readers;
  SchemaCache schemas;
  std::map<std::string, std::string> config;
  std::mutex mutex;
  std::map<std::string, FoundView> global_views;  // by lower-case name
};

/// A name in FROM: database and table in lower case.
struct TableName {
  std::string database;
  std::string table;
};

/// The Session over DuckDB.
class LocalSession final : public Session, private SourceCatalog, private TableProvider {
 public:
  /// `warehouse`: the folder of tables that are given none.
  LocalSession(std::string id, std::string user, std::shared_ptr<SharedState> shared,
               std::string warehouse);
  ~LocalSession() override;

  std::string_view id() const override { return id_; }
  std::string SparkVersion() const override { return "4.0.2"; }

  Result<std::unique_ptr<BatchStream>> Execute(RelationPtr relation,
                                               ExecuteOptions options) override;
  Result<RelationPtr> Execute(const Command& command, ExecuteOptions options) override;
  Result<RelationPtr> ExecuteSql(const SqlQuery& query, ExecuteOptions options) override;
  Result<WriteResult> Write(const WriteFiles& write, ExecuteOptions options) override;
  Result<Schema> AnalyzeSchema(RelationPtr relation) override;
  Result<std::string> ExplainText(RelationPtr relation, ExplainMode mode) override;
  Result<std::vector<std::string>> InputFiles(RelationPtr relation) override;
  Result<bool> SameSemantics(RelationPtr a, RelationPtr b) override;
  Status Persist(RelationPtr relation, StorageLevel level) override;
  Status Unpersist(RelationPtr relation, bool blocking) override;
  Result<StorageLevel> GetStorageLevel(RelationPtr relation) override;
  Result<std::string> GetConfig(const std::string& key) override { return config_.Get(key); }
  std::optional<std::string> FindConfig(const std::string& key) override {
    return config_.Find(key);
  }
  Status SetConfig(const std::string& key, const std::string& value) override {
    return config_.Set(key, value);
  }
  Status UnsetConfig(const std::string& key) override { return config_.Unset(key); }
  std::map<std::string, std::string> AllConfig() override { return config_.All(); }
  bool IsModifiableConfig(const std::string& key) override { return Config::IsModifiable(key); }
  Status AddArtifact(const std::string& name, std::string bytes) override;
  bool HasArtifact(const std::string& name) override;

 private:
  // SourceCatalog: what the analyzer asks (session_catalog.cc).
  Result<SourceSchema> DescribeFiles(const ReadFiles& read) override;
  Result<std::variant<FoundView, FoundTable>> FindTable(
      const std::vector<std::string>& name) override;
  Result<Schema> DescribeArrow(const std::string& arrow_ipc) override;
  Result<std::shared_ptr<const std::string>> FindArtifact(const std::string& hash) override;
  Result<std::vector<std::vector<Value>>> Collect(const ResolvedRelation& relation) override;
  Result<ValuesRelation> QueryCatalog(const CatalogQuery& query) override;
  std::optional<uint64_t> FindCached(const Relation& relation) override;

  friend class CatalogListing;  // answers QueryCatalog

  // TableProvider: what the SQL writer asks.
  Result<std::string> ScanSql(const ResolvedScan& scan, const std::vector<ResolvedColumn>& columns,
                              const std::set<int64_t>& needed, FileNames file_names) override;
  bool IsOnePartition(const ResolvedScan& scan) override;
  Result<std::string> LocalTable(const ResolvedLocal& local,
                                 const std::vector<ResolvedColumn>& columns) override;
  Result<std::string> CachedTable(const ResolvedCached& cached) override;

  /// The catalog that stands in the warehouse's place by the session's setting, or null.
  Result<OuterCatalog*> FindOuterCatalog() const;
  AnalyzerOptions MakeAnalyzerOptions();
  SqlWriterOptions MakeWriterOptions() const;
  FileReadOptions MakeReadOptions() const;
  SqlOptions MakeSqlOptions() const;
  Result<ResolvedRelationPtr> Resolve(const Relation& relation);
  /// As Resolve, noting what the catalog says.
  Result<ResolvedRelationPtr> ResolveNoting(const Relation& relation, CatalogAnswers& answers);
  Result<std::unique_ptr<BatchStream>> Run(const ResolvedRelation& relation,
                                           const ExecuteOptions& options);
  Result<std::unique_ptr<BatchStream>> RunShowString(const ResolvedShowString& show,
                                                     const Schema& schema,
                                                     const ExecuteOptions& options);

  // Commands (commands.cc, catalog_commands.cc).
  Result<RelationPtr> Run(const WriteFiles& command, const ExecuteOptions& options);
  Result<RelationPtr> Run(const CreateView& command, const ExecuteOptions& options);
  Result<RelationPtr> Run(const CreateTable& command, const ExecuteOptions& options);
  Result<RelationPtr> Run(const DropTable& command, const ExecuteOptions& options);
  Result<RelationPtr> Run(const CreateNamespace& command, const ExecuteOptions& options);
  Result<RelationPtr> Run(const DropNamespace& command, const ExecuteOptions& options);
  Result<RelationPtr> Run(const UseNamespace& command, const ExecuteOptions& options);
  Result<RelationPtr> Run(const ::ember::SetConfig& command, const ExecuteOptions& options);
  Result<RelationPtr> Run(const Show& command, const ExecuteOptions& options);
  Result<RelationPtr> Run(const DescribeObject& command, const ExecuteOptions& options);
  Result<RelationPtr> Run(const Explain& command, const ExecuteOptions& options);
  Result<RelationPtr> Run(const CacheTable& command, const ExecuteOptions& options);
  Result<TableInfo> LikeTable(const std::vector<std::string>& name);

  // Tables and permanent views (table_commands.cc, table_texts.cc, view_commands.cc).
  Result<RelationPtr> Run(const AlterTable& command, const ExecuteOptions& options);
  Result<RelationPtr> AlterTemporaryView(const AlterTable& command);
  Status RenameTable(const AlterTable& command, const TableInfo& table);
  Result<RelationPtr> DescribeTable(const DescribeObject& command);
  Result<RelationPtr> ShowTable(const Show& command);
  Result<RelationPtr> CreatePermanentView(const CreateView& command);
  static Error ViewArityError(const CreateView& command, const Schema& schema);
  Result<FoundView> OpenView(const TableInfo& view);

  /// Database and table of a name that is no temporary view.
  Result<TableName> ResolveName(const std::vector<std::string>& name);
  /// The temporary or global view of that name.
  std::optional<FoundView> FindView(const std::vector<std::string>& name);
  Result<TableInfo> RequireTable(const std::vector<std::string>& name);
  std::string CurrentDatabase();
  Result<WriteResult> WriteTable(const WriteFiles& write, const ExecuteOptions& options);
  Result<WriteResult> InsertInto(const WriteFiles& write, const TableInfo& table,
                                 const ExecuteOptions& options);
  Result<WriteResult> WriteTo(const WriteFiles& write, const ResolvedRelation& input,
                              const std::string& path, const ExecuteOptions& options);
  Status DropCached(uint64_t key);
  /// A view or table of that name is gone: so are its persisted rows.
  void ForgetTable(const std::vector<std::string>& name);
  /// Files below `path` were written: persisted plans that read them are made anew when next used
  /// (CacheManager.recacheByPath).
  void RefreshCached(const std::string& path);
  Result<ValuesRelation> ListTables(const std::string& database, const std::string& pattern);

  struct CachedPlan {
    StorageLevel level;
    std::optional<int64_t> plan_id;  // of the DataFrame that was persisted
    std::shared_ptr<const CatalogAnswers> answers;
    std::string table;  // empty until first used
    Schema schema;      // of `table`
    std::shared_ptr<std::mutex> making = std::make_shared<std::mutex>();
  };

  const std::string id_;
  const std::string user_;
  const std::shared_ptr<SharedState> shared_;
  Config config_;
  SessionStore store_;
  TableCatalog tables_;
  LocalTables local_tables_;
  std::mutex mutex_;  // of all below
  std::string current_database_ = "default";
  std::map<std::string, FoundView> views_;  // by lower-case name
  std::map<std::string, std::shared_ptr<const std::string>> artifacts_;
  std::map<uint64_t, CachedPlan> cached_;
};

/// The answer of a command that has nothing to say.
RelationPtr EmptyAnswer();
/// Rows of text columns.
RelationPtr TextAnswer(std::vector<std::string> names, std::vector<std::vector<std::string>> rows);

}  // namespace ember
