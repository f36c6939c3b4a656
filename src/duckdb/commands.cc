// Commands that make and drop views, tables and databases, set the configuration, cache.
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <set>

#include "duckdb/catalog_listing.h"
#include "duckdb/file_formats.h"
#include "duckdb/local_session.h"
#include "functions/registry.h"
#include "plan/bucket_properties.h"
#include "plan/dump.h"

namespace ember {
namespace {

RelationPtr Rows(Schema schema, std::vector<std::vector<Value>> rows) {
  return MakeRelation(ValuesRelation{std::move(schema), std::move(rows)});
}

std::string NameList(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + QuoteIdentifier(name);
  return list;
}

std::vector<std::string> NamesOf(const Schema& schema) {
  std::vector<std::string> names;
  for (const StructField& field : schema) names.push_back(field.name);
  return names;
}

int64_t NowMicroseconds() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// The columns that a table is made with: all may be null, and those that partition it come last.
Result<Schema> TableSchema(const CreateTable& command, const TableName& name) {
  Schema schema;
  Schema partitions;
  for (const std::string& by : command.partition_by) {
    const int at = FindField(command.schema, by);
    if (at >= 0) {
      partitions.push_back(command.schema[at]);
    } else if (!command.schema.empty()) {
      return MakeError("COLUMN_NOT_DEFINED_IN_TABLE",
                       {{"colType", "partition"},
                        {"colName", QuoteIdentifier(by)},
                        {"tableName", QuoteName({"spark_catalog", name.database, name.table})},
                        {"tableCols", NameList(NamesOf(command.schema))}});
    }
  }
  for (const StructField& field : command.schema) {
    if (FindField(partitions, field.name) < 0) schema.push_back(field);
  }
  if (schema.empty() && !partitions.empty()) {
    return MakeError("ALL_PARTITION_COLUMNS_NOT_ALLOWED");
  }
  schema.insert(schema.end(), partitions.begin(), partitions.end());
  for (StructField& field : schema) {
    field.nullable = true;
    field.type = AsNullable(field.type);
  }
  return schema;
}

Status CheckDistinct(const std::vector<std::string>& names) {
  std::set<std::string> seen;
  for (const std::string& name : names) {
    if (!seen.insert(LowerCase(name)).second) {
      return MakeError("COLUMN_ALREADY_EXISTS", {{"columnName", QuoteIdentifier(LowerCase(name))}});
    }
  }
  return {};
}

// What SET shows of a setting: Spark's SQLConf.redactOptions with the default of
// spark.redaction.regex, which looks at the key and at the value.
std::string Redacted(const std::string& key, const std::string& value) {
  constexpr auto kSecretWords =
      std::to_array<std::string_view>({"secret", "password", "token", "accesskey", "access.key"});
  const std::string text = LowerCase(key + "\n" + value);
  for (const std::string_view word : kSecretWords) {
    if (text.find(word) != text.npos) return "*********(redacted)";
  }
  return value;
}

}  // namespace

Error LocalSession::ViewArityError(const CreateView& command, const Schema& schema) {
  return MakeError(
      "CREATE_VIEW_COLUMN_ARITY_MISMATCH." + std::string(command.columns.size() > schema.size()
                                                             ? "NOT_ENOUGH_DATA_COLUMNS"
                                                             : "TOO_MANY_DATA_COLUMNS"),
      {{"viewName", QuoteName(command.name)},
       {"viewColumns", NameList(command.columns)},
       {"dataColumns", NameList(NamesOf(schema))}});
}

Result<RelationPtr> LocalSession::Run(const CreateView& command, const ExecuteOptions&) {
  if (!command.is_temporary && !command.is_global) return CreatePermanentView(command);
  const std::string name = LowerCase(command.name.back());
  ASSIGN_OR_RETURN(Schema schema, AnalyzeSchema(command.input));
  RETURN_IF_ERROR(CheckDistinct(command.columns));
  if (!command.columns.empty() && command.columns.size() != schema.size()) {
    return ViewArityError(command, schema);
  }
  std::mutex& mutex = command.is_global ? shared_->mutex : mutex_;
  auto& views = command.is_global ? shared_->global_views : views_;
  // A view over the view it replaces would refer to itself: it keeps the old one's plan instead.
  bool is_there = false;
  {
    std::lock_guard lock(mutex);
    is_there = views.contains(name);
    if (is_there && command.if_not_exists) return EmptyAnswer();
    if (is_there && !command.or_replace) {
      return MakeError("TEMP_TABLE_OR_VIEW_ALREADY_EXISTS",
                       {{"relationName", QuoteIdentifier(command.name.back())}});
    }
    views[name] = FoundView{.plan = command.input, .columns = command.columns};
  }
  if (is_there) ForgetTable(command.name);
  return EmptyAnswer();
}

Result<RelationPtr> LocalSession::Run(const CreateTable& command, const ExecuteOptions&) {
  RETURN_IF_ERROR(tables_.CheckWritable());
  ASSIGN_OR_RETURN(TableName name, ResolveName(command.name));
  ASSIGN_OR_RETURN(const bool has_database, tables_.HasDatabase(name.database));
  if (!has_database) return NoSuchSchema(name.database);
  ASSIGN_OR_RETURN(std::optional<TableInfo> known, tables_.Find(name.database, name.table));
  if (known && command.if_not_exists) return EmptyAnswer();
  if (known) {
    return MakeError("TABLE_OR_VIEW_ALREADY_EXISTS",
                     {{"relationName", QuoteName({"spark_catalog", name.database, name.table})}});
  }
  RETURN_IF_ERROR(CheckDistinct(NamesOf(command.schema)));
  TableInfo table;
  if (!command.like.empty()) {
    ASSIGN_OR_RETURN(table, LikeTable(command.like));
  }
  table.database = name.database;
  table.name = name.table;
  if (!command.format.empty() || command.like.empty()) {
    table.format = LowerCase(command.format.empty() ? config_.GetText("spark.sql.sources.default")
                                                    : command.format);
  }
  if (command.like.empty()) {
    table.partition_by = command.partition_by;
    table.options = command.options;
    ASSIGN_OR_RETURN(table.schema, TableSchema(command, name));
  }
  table.comment = command.comment;
  table.properties = command.properties;
  BucketProperties buckets = TakeBucketProperties(table.properties);
  if (command.schema.empty() && !buckets.columns.empty())
    return MakeError("SPECIFY_BUCKETING_IS_NOT_ALLOWED");
  if (command.like.empty()) {
    ASSIGN_OR_RETURN(
        table.bucket,
        NormalizeBuckets(
            {.count = buckets.count,
             .columns = std::move(buckets.columns),
             .sort_columns = std::move(buckets.sort_columns)},
            {.schema = command.schema,
             .partition_by = command.partition_by,
             .name = QuoteName({"spark_catalog", name.database, name.table}),
             .max_buckets = config_.GetInteger("spark.sql.sources.bucketing.maxBuckets")}));
  }
  table.created_us = NowMicroseconds();
  if (table.format != "parquet" && table.format != "csv" && table.format != "json" &&
      table.format != "text") {
    return FormatError(command.format);
  }
  const std::string location =
      command.location.empty() ? TextOption(command.options, "path", "") : command.location;
  table.is_external = !location.empty();
  table.location = tables_.DefaultLocation(name.database, name.table);
  if (table.is_external) {
    ASSIGN_OR_RETURN(table.location, TableFolder(location, shared_->remote));
  }
  if (table.schema.empty()) {
    ReadFiles read{
        .format = table.format, .paths = {table.location}, .options = table.options, .schema = {}};
    ASSIGN_OR_RETURN(SourceSchema described, DescribeFiles(read));
    table.schema = std::move(described.schema);
  }
  RETURN_IF_ERROR(store_.MakeFolder(table.location));
  RETURN_IF_ERROR(tables_.Put(table));
  return EmptyAnswer();
}

Result<RelationPtr> LocalSession::Run(const DropTable& command, const ExecuteOptions&) {
  const std::string last = LowerCase(command.name.back());
  ForgetTable(command.name);
  if (command.name.size() == 1) {
    std::lock_guard lock(mutex_);
    if (views_.erase(last) > 0) return EmptyAnswer();
  }
  if (command.name.size() == 2 &&
      LowerCase(command.name[0]) == config_.GetText("spark.sql.globalTempDatabase")) {
    std::lock_guard lock(shared_->mutex);
    if (shared_->global_views.erase(last) > 0) return EmptyAnswer();
  }
  ASSIGN_OR_RETURN(TableName name, ResolveName(command.name));
  ASSIGN_OR_RETURN(std::optional<TableInfo> table, tables_.Find(name.database, name.table));
  if (!table && command.if_exists) return EmptyAnswer();
  if (!table) {
    return MakeError("TABLE_OR_VIEW_NOT_FOUND",
                     {{"relationName", QuoteName({"spark_catalog", name.database, name.table})}});
  }
  if (table->is_view != command.is_view) {
    const std::string found = table->is_view ? "VIEW" : table->is_external ? "EXTERNAL" : "MANAGED";
    return MakeError("WRONG_COMMAND_FOR_OBJECT_TYPE",
                     {{"operation", command.is_view ? "DROP VIEW" : "DROP TABLE"},
                      {"requiredType", command.is_view ? "VIEW" : "EXTERNAL or MANAGED"},
                      {"objectName", "spark_catalog." + table->database + "." + table->name},
                      {"foundType", found},
                      {"alternative", command.is_view ? "DROP TABLE" : "DROP VIEW"}});
  }
  RETURN_IF_ERROR(tables_.Drop(*table));
  return EmptyAnswer();
}

// CREATE TABLE … LIKE: columns, partitioning and options, but no rows and no properties.
Result<TableInfo> LocalSession::LikeTable(const std::vector<std::string>& name) {
  TableInfo like;
  if (const auto view = FindView(name); view && view->database.empty()) {
    ASSIGN_OR_RETURN(like.schema,
                     AnalyzeSchema(MakeRelation(ReadTable{.name = name, .options = {}})));
    like.format = config_.GetText("spark.sql.sources.default");
    return like;
  }
  ASSIGN_OR_RETURN(TableInfo known, RequireTable(name));
  like.schema = known.schema;
  like.format = known.is_view ? config_.GetText("spark.sql.sources.default") : known.format;
  like.partition_by = known.partition_by;
  like.bucket = known.bucket;
  like.options = known.options;
  return like;
}

Result<RelationPtr> LocalSession::Run(const CreateNamespace& command, const ExecuteOptions&) {
  const std::string database = LowerCase(command.name.back());
  ASSIGN_OR_RETURN(const bool has_database, tables_.HasDatabase(database));
  if (has_database) {
    if (command.if_not_exists) return EmptyAnswer();
    return MakeError("SCHEMA_ALREADY_EXISTS", {{"schemaName", QuoteIdentifier(database)}});
  }
  RETURN_IF_ERROR(tables_.CreateDatabase(database));
  return EmptyAnswer();
}

Result<RelationPtr> LocalSession::Run(const DropNamespace& command, const ExecuteOptions&) {
  const std::string database = LowerCase(command.name.back());
  ASSIGN_OR_RETURN(const bool has_database, tables_.HasDatabase(database));
  if (!has_database) {
    if (command.if_exists) return EmptyAnswer();
    return NoSuchSchema(database);
  }
  if (database == "default")
    return MakeError("UNSUPPORTED_FEATURE.DROP_DATABASE",
                     {{"database", "`spark_catalog`.`default`"}});
  RETURN_IF_ERROR(tables_.DropDatabase(database, command.cascade));
  return EmptyAnswer();
}

Result<RelationPtr> LocalSession::Run(const UseNamespace& command, const ExecuteOptions&) {
  const std::string database = LowerCase(command.name.back());
  if (command.name.size() == 1 && database == "spark_catalog") return EmptyAnswer();
  ASSIGN_OR_RETURN(const bool has_database, tables_.HasDatabase(database));
  if (!has_database) return NoSuchSchema(database);
  std::lock_guard lock(mutex_);
  current_database_ = database;
  return EmptyAnswer();
}

Result<RelationPtr> LocalSession::Run(const ::ember::SetConfig& command, const ExecuteOptions&) {
  if (command.is_reset) {
    if (command.key.empty()) {
      config_.Reset();
    } else {
      RETURN_IF_ERROR(config_.Unset(command.key));
    }
    return EmptyAnswer();
  }
  const Schema schema = {TextField("key"), TextField("value")};
  if (command.key.empty()) {
    std::vector<std::vector<Value>> rows;
    for (const auto& [key, value] : config_.All())
      rows.push_back({Value{key}, Value{Redacted(key, value)}});
    return Rows(schema, std::move(rows));
  }
  if (command.value.has_value()) {
    // Static keys of SQL are refused; those of Spark's core are taken, and mean nothing any more.
    if (command.key.starts_with("spark.sql.") || Config::IsModifiable(command.key) ||
        !config_.Find(command.key)) {
      RETURN_IF_ERROR(config_.Set(command.key, *command.value));
    }
    return Rows(schema, {{Value{command.key}, Value{*command.value}}});
  }
  const std::string value = config_.Find(command.key).value_or("<undefined>");
  return Rows(schema, {{Value{command.key}, Value{Redacted(command.key, value)}}});
}

Result<RelationPtr> LocalSession::Run(const Explain& command, const ExecuteOptions&) {
  const ExplainMode mode = command.mode == "extended"    ? ExplainMode::kExtended
                           : command.mode == "codegen"   ? ExplainMode::kCodegen
                           : command.mode == "cost"      ? ExplainMode::kCost
                           : command.mode == "formatted" ? ExplainMode::kFormatted
                                                         : ExplainMode::kSimple;
  ASSIGN_OR_RETURN(std::string text, ExplainText(command.input, mode));
  return TextAnswer({"plan"}, {{std::move(text)}});
}

Result<RelationPtr> LocalSession::Run(const CacheTable& command, const ExecuteOptions& options) {
  const StorageLevel level{.use_disk = true,
                           .use_memory = true,
                           .use_off_heap = false,
                           .deserialized = true,
                           .replication = 1};
  if (command.what == "clear") {
    std::vector<uint64_t> keys;
    {
      std::lock_guard lock(mutex_);
      for (const auto& [key, plan] : cached_) keys.push_back(key);
    }
    for (const uint64_t key : keys) RETURN_IF_ERROR(DropCached(key));
    return EmptyAnswer();
  }
  if (command.what == "refresh path") return EmptyAnswer();
  if (command.what == "refresh") {
    RETURN_IF_ERROR(AnalyzeSchema(MakeRelation(ReadTable{.name = command.name, .options = {}})));
    return EmptyAnswer();
  }
  if (command.query != nullptr) {
    CreateView view{.name = command.name, .columns = {}, .input = command.query};
    RETURN_IF_ERROR(Run(view, options));
  }
  const RelationPtr table = MakeRelation(ReadTable{.name = command.name, .options = {}});
  if (command.what == "uncache") {
    if (command.if_exists && !AnalyzeSchema(table).ok()) return EmptyAnswer();
    RETURN_IF_ERROR(AnalyzeSchema(table));
    RETURN_IF_ERROR(Unpersist(table, true));
    return EmptyAnswer();
  }
  RETURN_IF_ERROR(Persist(table, level));
  if (!command.is_lazy) {
    ASSIGN_OR_RETURN(std::unique_ptr<BatchStream> stream, Execute(table, options));
    RETURN_IF_ERROR(stream->Next());
  }
  return EmptyAnswer();
}

}  // namespace ember
