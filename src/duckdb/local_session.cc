#include "duckdb/local_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <string_view>

#include "duckdb/resolved_walk.h"
#include "duckdb/result_stream.h"
#include "plan/dump.h"
#include "sql/parser.h"

namespace ember {
namespace {

int64_t NowMicroseconds() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// Batches that are there already.
class HeldStream final : public BatchStream {
 public:
  HeldStream(std::shared_ptr<const Schema> schema, std::vector<Batch> batches)
      : schema_(std::move(schema)), batches_(std::move(batches)) {}
  const Schema& schema() const override { return *schema_; }
  Result<std::optional<Batch>> Next() override {
    if (next_ == batches_.size()) return std::optional<Batch>();
    return std::optional<Batch>(std::move(batches_[next_++]));
  }

 private:
  std::shared_ptr<const Schema> schema_;
  std::vector<Batch> batches_;
  size_t next_ = 0;
};

class LocalSessionFactory final : public SessionFactory {
 public:
  LocalSessionFactory(LocalEngineOptions options, Store& store)
      : shared_(std::make_shared<SharedState>()) {
    EngineOptions engine;
    engine.threads = options.threads;
    engine.memory_limit = options.memory_limit;
    engine.temp_directory = options.temp_directory;
    shared_->engine = std::make_shared<Engine>(std::move(engine));
    shared_->store = &store;
    shared_->remote = options.remote;
    shared_->outer_catalog = options.outer_catalog;
    shared_->remote_readers = std::make_unique<RemoteReaders>(shared_->engine, options.remote);
    shared_->config = std::move(options.config);
  }

  Result<std::shared_ptr<Session>> NewSession(const std::string& id,
                                              const std::string& user) override {
    ASSIGN_OR_RETURN(
        const std::string warehouse,
        TableFolder(Config(shared_->config).GetText("spark.sql.warehouse.dir"), shared_->remote));
    return std::shared_ptr<Session>(std::make_shared<LocalSession>(id, user, shared_, warehouse));
  }

 private:
  std::shared_ptr<SharedState> shared_;
};

// Spark's hints for its physical plan, which ours does not need, as they are in a plan's dump.
std::string HintNotes(const std::string& plan) {
  constexpr std::string_view kMark = "Hint name='";
  std::string notes;
  for (size_t at = plan.find(kMark); at != std::string::npos; at = plan.find(kMark, at + 1)) {
    const size_t begin = at + kMark.size();
    std::string name = plan.substr(begin, plan.find('\'', begin) - begin);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const bool is_broadcast = name == "broadcast" || name == "broadcastjoin" || name == "mapjoin";
    notes += fmt::format("{}: {}\n", name,
                         is_broadcast
                             ? "a broadcast join, as every join of one process: its threads share "
                               "one copy of a side"
                             : "without a meaning in one process");
  }
  return notes.empty() ? "" : "\n== Hints ==\n" + notes;
}

}  // namespace

std::unique_ptr<SessionFactory> MakeLocalSessionFactory(LocalEngineOptions options, Store& store) {
  return std::make_unique<LocalSessionFactory>(std::move(options), store);
}

LocalSession::LocalSession(std::string id, std::string user, std::shared_ptr<SharedState> shared,
                           std::string warehouse)
    : id_(std::move(id)),
      user_(std::move(user)),
      shared_(std::move(shared)),
      config_(shared_->config),
      store_(*shared_->store, shared_->remote, *shared_->remote_readers,
             [this] { return config_.All(); }),
      tables_(std::move(warehouse), store_, [this] { return FindOuterCatalog(); }),
      local_tables_(*shared_->engine) {}

LocalSession::~LocalSession() {
  std::vector<uint64_t> keys;
  for (const auto& [key, plan] : cached_) keys.push_back(key);
  for (const uint64_t key : keys) static_cast<void>(DropCached(key));
}

Result<OuterCatalog*> LocalSession::FindOuterCatalog() const {
  if (LowerCase(config_.GetText(kGlueCatalogSetting)) != "true") return nullptr;
  if (shared_->outer_catalog == nullptr) {
    return Unsupported(std::string(kGlueCatalogSetting) + " in a program without Glue");
  }
  return shared_->outer_catalog;
}

AnalyzerOptions LocalSession::MakeAnalyzerOptions() {
  AnalyzerOptions options;
  options.current_database = CurrentDatabase();
  options.ansi = config_.GetBoolean("spark.sql.ansi.enabled");
  options.zone = config_.GetText("spark.sql.session.timeZone");
  options.case_sensitive = config_.GetBoolean("spark.sql.caseSensitive");
  options.group_by_ordinal = config_.GetBoolean("spark.sql.groupByOrdinal");
  options.order_by_ordinal = config_.GetBoolean("spark.sql.orderByOrdinal");
  options.double_quoted_identifiers = config_.GetBoolean("spark.sql.ansi.doubleQuotedIdentifiers");
  options.pivot_max_values = static_cast<int>(config_.GetInteger("spark.sql.pivotMaxValues"));
  options.now_us = NowMicroseconds();
  return options;
}

SqlWriterOptions LocalSession::MakeWriterOptions() const {
  return {.ansi = config_.GetBoolean("spark.sql.ansi.enabled"),
          .zone = config_.GetText("spark.sql.session.timeZone")};
}

SqlOptions LocalSession::MakeSqlOptions() const {
  SqlOptions options;
  options.ansi = config_.GetBoolean("spark.sql.ansi.enabled");
  options.double_quoted_identifiers = config_.GetBoolean("spark.sql.ansi.doubleQuotedIdentifiers");
  options.zone = config_.GetText("spark.sql.session.timeZone");
  return options;
}

FileReadOptions LocalSession::MakeReadOptions() const {
  FileReadOptions options;
  options.zone = config_.GetText("spark.sql.session.timeZone");
  options.ansi = config_.GetBoolean("spark.sql.ansi.enabled");
  options.infer_partition_types =
      config_.GetBoolean("spark.sql.sources.partitionColumnTypeInference.enabled");
  options.merge_schema = config_.GetBoolean("spark.sql.parquet.mergeSchema");
  options.corrupt_record_column = config_.GetText("spark.sql.columnNameOfCorruptRecord");
  return options;
}

Result<ResolvedRelationPtr> LocalSession::Resolve(const Relation& relation) {
  bool has_cached = false;
  {
    std::lock_guard lock(mutex_);
    has_cached = !cached_.empty();
  }
  if (!has_cached) return Analyze(relation, *this, MakeAnalyzerOptions());
  CatalogAnswers answers;
  return ResolveNoting(relation, answers);
}

Result<ResolvedRelationPtr> LocalSession::ResolveNoting(const Relation& relation,
                                                        CatalogAnswers& answers) {
  AnsweredCatalog catalog(*this, [this](uint64_t key, std::optional<int64_t> plan_id) {
    std::lock_guard lock(mutex_);
    const auto found = cached_.find(key);
    // Another DataFrame with the same plan has its rows, but is analysed by itself.
    const bool is_same =
        found != cached_.end() && (!found->second.plan_id || found->second.plan_id == plan_id);
    return is_same ? found->second.answers : nullptr;
  });
  auto resolved = Analyze(relation, catalog, MakeAnalyzerOptions());
  answers = catalog.TakeAnswers();
  return resolved;
}

Result<std::unique_ptr<BatchStream>> LocalSession::Run(const ResolvedRelation& relation,
                                                       const ExecuteOptions& options) {
  auto schema = std::make_shared<const Schema>(SchemaOf(relation));
  SqlWriter writer(*this, MakeWriterOptions());
  ASSIGN_OR_RETURN(std::string sql, writer.WriteQuery(relation));
  ASSIGN_OR_RETURN(Connection connection, shared_->engine->Connect());
  return StreamQuery(std::move(connection), sql, std::move(schema), options);
}

Result<std::unique_ptr<BatchStream>> LocalSession::Execute(RelationPtr relation,
                                                           ExecuteOptions options) {
  // The rows of a command's answer need no engine.
  if (const auto* values = std::get_if<ValuesRelation>(&relation->node)) {
    auto schema = std::make_shared<const Schema>(values->schema);
    std::vector<Batch> batches;
    if (!values->rows.empty()) {
      ASSIGN_OR_RETURN(Batch batch, BatchFromRows(schema, values->rows));
      batches.push_back(std::move(batch));
    }
    return std::unique_ptr<BatchStream>(
        std::make_unique<HeldStream>(std::move(schema), std::move(batches)));
  }
  ASSIGN_OR_RETURN(ResolvedRelationPtr resolved, Resolve(*relation));
  if (const auto* show = std::get_if<ResolvedShowString>(&resolved->node)) {
    return RunShowString(*show, SchemaOf(*resolved), options);
  }
  return Run(*resolved, options);
}

Result<RelationPtr> LocalSession::Execute(const Command& command, ExecuteOptions options) {
  return std::visit([&](const auto& node) { return Run(node, options); }, command.node);
}

Result<RelationPtr> LocalSession::ExecuteSql(const SqlQuery& query, ExecuteOptions options) {
  ASSIGN_OR_RETURN(Statement statement, ParseStatement(query.text, MakeSqlOptions()));
  if (const auto* command = std::get_if<Command>(&statement))
    return Execute(*command, std::move(options));
  // A query stays text, with its arguments, until it is run; now it is only checked.
  RelationPtr relation = MakeRelation(query);
  RETURN_IF_ERROR(AnalyzeSchema(relation));
  return relation;
}

Result<Schema> LocalSession::AnalyzeSchema(RelationPtr relation) {
  if (const auto* values = std::get_if<ValuesRelation>(&relation->node)) return values->schema;
  ASSIGN_OR_RETURN(ResolvedRelationPtr resolved, Resolve(*relation));
  return SchemaOf(*resolved);
}

Result<std::string> LocalSession::ExplainText(RelationPtr relation, ExplainMode mode) {
  ASSIGN_OR_RETURN(ResolvedRelationPtr resolved, Resolve(*relation));
  const std::string physical =
      "== Physical Plan ==\n" + Dump(*resolved) + "\n" + HintNotes(Dump(*relation));
  if (mode == ExplainMode::kSimple || mode == ExplainMode::kFormatted || mode == ExplainMode::kCost)
    return physical;
  SqlWriter writer(*this, MakeWriterOptions());
  ASSIGN_OR_RETURN(std::string sql, writer.WriteQuery(*resolved));
  if (mode == ExplainMode::kCodegen) return physical + "\n== Generated SQL ==\n" + sql + "\n";
  return fmt::format(
      "== Parsed Logical Plan ==\n{}\n\n== Analyzed Logical Plan ==\n{}\n\n{}\n== Generated SQL "
      "==\n{}\n",
      Dump(*relation), Dump(*resolved), physical, sql);
}

Result<std::vector<std::string>> LocalSession::InputFiles(RelationPtr relation) {
  ASSIGN_OR_RETURN(ResolvedRelationPtr resolved, Resolve(*relation));
  std::vector<std::string> files;
  VisitRelations(*resolved, [&](const ResolvedRelation& node) {
    const auto* scan = std::get_if<ResolvedScan>(&node.node);
    if (scan == nullptr) return;
    const auto* source = dynamic_cast<const FileSource*>(scan->source.get());
    if (source == nullptr) return;
    for (const FileInfo& file : source->files) {
      const bool is_local = file.path.starts_with('/');
      files.push_back(is_local ? "file://" + file.path : file.path);
    }
  });
  return files;
}

Result<bool> LocalSession::SameSemantics(RelationPtr a, RelationPtr b) {
  return SemanticHash(*a) == SemanticHash(*b);
}

RelationPtr EmptyAnswer() { return MakeRelation(ValuesRelation{}); }

RelationPtr TextAnswer(std::vector<std::string> names, std::vector<std::vector<std::string>> rows) {
  ValuesRelation values;
  for (std::string& name : names)
    values.schema.push_back({std::move(name), StringType(), false, ""});
  for (auto& row : rows) {
    std::vector<Value> cells;
    for (std::string& cell : row) cells.push_back(Value{std::move(cell)});
    values.rows.push_back(std::move(cells));
  }
  return MakeRelation(std::move(values));
}

}  // namespace ember
