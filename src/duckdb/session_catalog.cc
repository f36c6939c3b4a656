// What the analyzer and the SQL writer ask the session.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "duckdb/local_session.h"
#include "duckdb/outer_catalog.h"
#include "duckdb/partition_values.h"
#include "duckdb/result_stream.h"
#include "functions/error_token.h"
#include "plan/dump.h"

namespace ember {
namespace {

bool HaveSameColumns(const Schema& a, const Schema& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const StructField& x, const StructField& y) {
                      return x.name == y.name && SameType(x.type, y.type);
                    });
}

// The files of a table, those of stray partitions left out.
ReadFiles FilesOf(const TableInfo& table) {
  ReadFiles files;
  files.format = table.format;
  files.paths = {table.location};
  files.options = table.options;
  files.schema = table.schema;
  if (table.is_outer) files.options[kListedPartitions] = "*";
  if (table.listed_partitions) {
    std::string& folders = files.options[kListedPartitions];
    folders.clear();
    for (const std::string& folder : *table.listed_partitions) folders += folder + "\n";
  }
  return files;
}

// The files of a stray partition, with what the catalog says of its values
// (FilePartition's partitionValues, which Spark takes from the catalog, never from the path).
RelationPtr FilesOf(const TableInfo& table, const StrayPartition& partition) {
  ReadFiles files = FilesOf(table);
  files.paths = {partition.location};
  files.options[kListedPartitions] = "*";
  std::vector<ExpressionPtr> columns;
  const size_t data_columns = table.schema.size() - table.partition_by.size();
  files.schema->resize(data_columns);
  for (const StructField& field : *files.schema) {
    columns.push_back(MakeExpression(UnresolvedAttribute{.parts = {field.name}}));
  }
  for (size_t i = 0; i < table.partition_by.size(); ++i) {
    const StructField& field = table.schema[data_columns + i];
    const std::string& text = partition.values[i];
    ExpressionPtr value =
        MakeExpression(Literal{StringType(), text == kNullPartition ? Value{} : Value{text}});
    value = MakeExpression(Cast{std::move(value), field.type, EvalMode::kLegacy});
    columns.push_back(MakeExpression(Alias{.child = std::move(value), .names = {field.name}}));
  }
  return MakeRelation(
      Project{.input = MakeRelation(std::move(files)), .expressions = std::move(columns)});
}

FoundView WithStrayPartitions(const TableInfo& table) {
  RelationPtr plan = MakeRelation(FilesOf(table));
  for (const StrayPartition& partition : table.stray_partitions) {
    plan = MakeRelation(SetOperation{.left = std::move(plan),
                                     .right = FilesOf(table, partition),
                                     .kind = SetOperationKind::kUnion,
                                     .is_all = true});
  }
  FoundView found{.plan = std::move(plan)};
  found.identifier = {"spark_catalog", table.database, table.name};
  return found;
}

}  // namespace

Result<SourceSchema> LocalSession::DescribeFiles(const ReadFiles& read) {
  ReadFiles wanted = read;
  if (wanted.format.empty()) wanted.format = config_.GetText("spark.sql.sources.default");
  return DescribeFileSource(wanted, MakeReadOptions(), store_, *shared_->engine, shared_->schemas);
}

std::string LocalSession::CurrentDatabase() {
  std::lock_guard lock(mutex_);
  return current_database_;
}

std::optional<FoundView> LocalSession::FindView(const std::vector<std::string>& name) {
  const std::string last = LowerCase(name.back());
  if (name.size() == 1) {
    std::lock_guard lock(mutex_);
    const auto found = views_.find(last);
    if (found != views_.end()) return found->second;
  }
  if (name.size() == 2 && LowerCase(name[0]) == config_.GetText("spark.sql.globalTempDatabase")) {
    std::lock_guard lock(shared_->mutex);
    const auto found = shared_->global_views.find(last);
    if (found != shared_->global_views.end()) return found->second;
  }
  return {};
}

Result<TableName> LocalSession::ResolveName(const std::vector<std::string>& name) {
  const bool has_catalog = name.size() == 3 && LowerCase(name[0]) == "spark_catalog";
  if (name.empty() || (name.size() > 2 && !has_catalog)) {
    return MakeError("TABLE_OR_VIEW_NOT_FOUND", {{"relationName", QuoteName(name)}});
  }
  TableName resolved;
  resolved.table = LowerCase(name.back());
  resolved.database = name.size() == 1 ? CurrentDatabase() : LowerCase(name[name.size() - 2]);
  return resolved;
}

Result<TableInfo> LocalSession::RequireTable(const std::vector<std::string>& name) {
  ASSIGN_OR_RETURN(TableName resolved, ResolveName(name));
  ASSIGN_OR_RETURN(std::optional<TableInfo> table, tables_.Find(resolved.database, resolved.table));
  if (table) return *std::move(table);
  return MakeError("TABLE_OR_VIEW_NOT_FOUND", {{"relationName", QuoteName(name)}});
}

Result<std::variant<FoundView, FoundTable>> LocalSession::FindTable(
    const std::vector<std::string>& name) {
  if (auto view = FindView(name)) return std::variant<FoundView, FoundTable>(*std::move(view));
  ASSIGN_OR_RETURN(TableInfo table, RequireTable(name));
  if (!table.unreadable.empty()) return Unsupported(table.unreadable);
  if (table.is_view) {
    ASSIGN_OR_RETURN(FoundView view, OpenView(table));
    return std::variant<FoundView, FoundTable>(std::move(view));
  }
  if (!table.stray_partitions.empty()) {
    return std::variant<FoundView, FoundTable>(WithStrayPartitions(table));
  }
  return std::variant<FoundView, FoundTable>(FoundTable{
      .files = FilesOf(table), .identifier = {"spark_catalog", table.database, table.name}});
}

Result<Schema> LocalSession::DescribeArrow(const std::string& arrow_ipc) {
  return ReadIpcSchema(arrow_ipc);
}

Result<std::shared_ptr<const std::string>> LocalSession::FindArtifact(const std::string& hash) {
  std::lock_guard lock(mutex_);
  const auto found = artifacts_.find("cache/" + hash);
  if (found != artifacts_.end()) return found->second;
  return InternalError(fmt::format("the cached rows {} were not sent", hash));
}

Status LocalSession::AddArtifact(const std::string& name, std::string bytes) {
  std::lock_guard lock(mutex_);
  artifacts_[name] = std::make_shared<const std::string>(std::move(bytes));
  return {};
}

bool LocalSession::HasArtifact(const std::string& name) {
  std::lock_guard lock(mutex_);
  return artifacts_.contains(name);
}

Result<std::vector<std::vector<Value>>> LocalSession::Collect(const ResolvedRelation& relation) {
  ASSIGN_OR_RETURN(std::unique_ptr<BatchStream> stream, Run(relation, {}));
  std::vector<std::vector<Value>> rows;
  while (true) {
    ASSIGN_OR_RETURN(std::optional<Batch> batch, stream->Next());
    if (!batch) return rows;
    for (int64_t r = 0; r < batch->row_count(); ++r) {
      std::vector<Value> row;
      for (size_t c = 0; c < batch->schema().size(); ++c)
        row.push_back(batch->Get(r, static_cast<int>(c)));
      rows.push_back(std::move(row));
    }
  }
}

std::optional<uint64_t> LocalSession::FindCached(const Relation& relation) {
  std::lock_guard lock(mutex_);
  if (cached_.empty()) return {};
  const uint64_t key = SemanticHash(relation);
  return cached_.contains(key) ? std::optional<uint64_t>(key) : std::nullopt;
}

Result<std::string> LocalSession::ScanSql(const ResolvedScan& scan,
                                          const std::vector<ResolvedColumn>& columns,
                                          const std::set<int64_t>& needed, FileNames file_names) {
  const auto* source = dynamic_cast<const FileSource*>(scan.source.get());
  if (source == nullptr) return InternalError("a scan of something that is not files");
  if (file_names == FileNames::kNone) {
    return FileScanSql(*source, columns, needed, *shared_->engine, store_);
  }
  FileSource named = *source;
  named.gives_file_names = true;
  return FileScanSql(named, columns, needed, *shared_->engine, store_);
}

bool LocalSession::IsOnePartition(const ResolvedScan& scan) {
  // spark.sql.files.maxPartitionBytes.
  constexpr int64_t kPartitionBytes = int64_t{128} << 20;
  const auto* source = dynamic_cast<const FileSource*>(scan.source.get());
  if (source == nullptr) return false;
  int64_t bytes = 0;
  for (const FileInfo& file : source->files) bytes += file.size;
  return bytes <= kPartitionBytes;
}

Result<std::string> LocalSession::LocalTable(const ResolvedLocal& local,
                                             const std::vector<ResolvedColumn>& columns) {
  Schema schema;
  for (const ResolvedColumn& column : columns) {
    schema.push_back({column.name, column.type, column.nullable, column.metadata});
  }
  return local_tables_.TableOf(*local.arrow_ipc, schema);
}

Result<std::string> LocalSession::CachedTable(const ResolvedCached& cached) {
  const Schema schema = SchemaOf(*cached.input);
  SqlWriter writer(*this, MakeWriterOptions());
  // Files that changed give another DataFrame over them other columns: those rows are not its own.
  const auto table_of = [&](const CachedPlan& plan) -> Result<std::string> {
    if (HaveSameColumns(plan.schema, schema)) return plan.table;
    ASSIGN_OR_RETURN(std::string sql, writer.WriteQuery(*cached.input));
    return "(" + sql + ")";
  };
  std::shared_ptr<std::mutex> making;
  std::optional<CachedPlan> made;
  {
    std::lock_guard lock(mutex_);
    const auto found = cached_.find(cached.key);
    if (found == cached_.end()) return InternalError("a plan that is not cached");
    if (!found->second.table.empty()) made = found->second;
    making = found->second.making;
  }
  if (made) return table_of(*made);
  std::lock_guard making_lock(*making);
  {
    std::lock_guard lock(mutex_);
    const auto found = cached_.find(cached.key);
    if (found != cached_.end() && !found->second.table.empty()) made = found->second;
  }
  if (made) return table_of(*made);
  ASSIGN_OR_RETURN(std::string sql, writer.WriteQuery(*cached.input));
  ASSIGN_OR_RETURN(Connection connection, shared_->engine->Connect());
  const std::string table = SqlIdentifier(kCacheSchema) + "." +
                            SqlIdentifier(fmt::format("k{}", shared_->engine->NextNumber()));
  RETURN_IF_ERROR(connection.Run(fmt::format("CREATE TABLE {} AS {}", table, sql)));
  std::lock_guard lock(mutex_);
  const auto found = cached_.find(cached.key);
  if (found != cached_.end()) {
    found->second.table = table;
    found->second.schema = schema;
  }
  return table;
}

Status LocalSession::Persist(RelationPtr relation, StorageLevel level) {
  CatalogAnswers answers;
  RETURN_IF_ERROR(ResolveNoting(*relation, answers));
  CachedPlan plan;
  plan.level = level;
  plan.plan_id = relation->plan_id;
  plan.answers = std::make_shared<const CatalogAnswers>(std::move(answers));
  std::lock_guard lock(mutex_);
  cached_.try_emplace(SemanticHash(*relation), std::move(plan));
  return {};
}

void LocalSession::ForgetTable(const std::vector<std::string>& name) {
  const RelationPtr table = MakeRelation(ReadTable{.name = name, .options = {}});
  static_cast<void>(DropCached(SemanticHash(*table)));
}

void LocalSession::RefreshCached(const std::string& path) {
  store_.ForgetListings();
  const std::string written = LocalPath(path) + "/";
  std::map<uint64_t, std::shared_ptr<const CatalogAnswers>> plans;
  {
    std::lock_guard lock(mutex_);
    for (const auto& [key, plan] : cached_) plans[key] = plan.answers;
  }
  for (const auto& [key, old] : plans) {
    bool reads_it = false;
    CatalogAnswers answers = *old;
    for (auto& [hash, file] : answers.files) {
      bool is_below = false;
      for (const std::string& read : file.read.paths) {
        const std::string folder = LocalPath(read) + "/";
        is_below = is_below || folder.starts_with(written) || written.starts_with(folder);
      }
      if (!is_below) continue;
      reads_it = true;
      // New files under the old schema: the plan stays as it was analysed.
      ReadFiles again = file.read;
      again.schema = file.source.schema;
      auto source = DescribeFiles(again);
      if (source.ok()) file.source = *std::move(source);
    }
    if (!reads_it) continue;
    std::string table;
    {
      std::lock_guard lock(mutex_);
      const auto found = cached_.find(key);
      if (found == cached_.end()) continue;
      table = std::exchange(found->second.table, "");
      found->second.answers = std::make_shared<const CatalogAnswers>(std::move(answers));
    }
    auto connection = shared_->engine->Connect();
    if (table.empty() || !connection.ok()) continue;
    static_cast<void>(connection->Run("DROP TABLE IF EXISTS " + table));
  }
}

Status LocalSession::DropCached(uint64_t key) {
  std::string table;
  {
    std::lock_guard lock(mutex_);
    const auto found = cached_.find(key);
    if (found == cached_.end()) return {};
    table = found->second.table;
    cached_.erase(found);
  }
  if (table.empty()) return {};
  ASSIGN_OR_RETURN(Connection connection, shared_->engine->Connect());
  return connection.Run("DROP TABLE IF EXISTS " + table);
}

Status LocalSession::Unpersist(RelationPtr relation, bool) {
  return DropCached(SemanticHash(*relation));
}

Result<StorageLevel> LocalSession::GetStorageLevel(RelationPtr relation) {
  std::lock_guard lock(mutex_);
  const auto found = cached_.find(SemanticHash(*relation));
  return found == cached_.end() ? StorageLevel{.replication = 1} : found->second.level;
}

}  // namespace ember
