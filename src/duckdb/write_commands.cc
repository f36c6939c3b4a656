// Writes: to a path, and into tables of the warehouse.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "duckdb/file_formats.h"
#include "duckdb/file_writer.h"
#include "duckdb/local_session.h"
#include "duckdb/memory_size.h"
#include "duckdb/table_partitions.h"
#include "duckdb/write_layout.h"
#include "store/stoppable_commit.h"

namespace ember {
namespace {

bool IsRemote(const std::string& path) {
  return path.find("://") != std::string::npos && !path.starts_with("file:");
}

std::string JoinedNames(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

// Ember's own option targetFileSize: "128MB".
Result<int64_t> TargetFileBytes(const Options& options) {
  const auto found = options.find("targetfilesize");
  if (found == options.end()) return int64_t{0};
  const std::optional<int64_t> bytes = ParseMemorySize(found->second);
  if (bytes && *bytes > 0) return *bytes;
  return InvalidInput(
      fmt::format("the option targetFileSize takes a size like 128MB, not '{}'", found->second));
}

BucketSpec BucketsOf(const WriteFiles& write) {
  return {.count = write.buckets, .columns = write.bucket_by, .sort_columns = write.sort_by};
}

// PreprocessTableCreation: saveAsTable that appends says the table's layout again.
Status CheckLayout(const WriteFiles& write, const TableInfo& table, int64_t max_buckets) {
  const bool is_same = std::equal(
      write.partition_by.begin(), write.partition_by.end(), table.partition_by.begin(),
      table.partition_by.end(),
      [](const std::string& a, const std::string& b) { return LowerCase(a) == LowerCase(b); });
  const std::string table_name = "spark_catalog." + table.database + "." + table.name;
  if (!is_same) {
    return MakeError("_LEGACY_ERROR_TEMP_1163",
                     {{"tableName", table_name},
                      {"specifiedPartCols", JoinedNames(write.partition_by)},
                      {"existingPartCols", JoinedNames(table.partition_by)}});
  }
  ASSIGN_OR_RETURN(const BucketSpec bucket,
                   NormalizeBuckets(BucketsOf(write), {.schema = table.schema,
                                                       .partition_by = table.partition_by,
                                                       .name = QuotedTable(table),
                                                       .max_buckets = max_buckets}));
  if (bucket == table.bucket) return {};
  return MakeError("_LEGACY_ERROR_TEMP_1164", {{"tableName", table_name},
                                               {"specifiedBucketString", BucketText(bucket)},
                                               {"existingBucketString", BucketText(table.bucket)}});
}

// DataFrameWriter.clusterBy. Spark's own formats lay no row elsewhere for it, nor look for the
// columns (a source like Delta's does): of files it says nothing more. In a table it is the
// property clusteringColumns, which DESCRIBE shows and appends must repeat; Ember keeps no such
// property.
Status CheckClusters(const WriteFiles& write) {
  if (write.cluster_by.empty()) return {};
  if (!write.partition_by.empty())
    return MakeError("SPECIFY_CLUSTER_BY_WITH_PARTITIONED_BY_IS_NOT_ALLOWED");
  if (!write.bucket_by.empty())
    return MakeError("SPECIFY_CLUSTER_BY_WITH_BUCKETING_IS_NOT_ALLOWED");
  if (write.table.empty() || write.is_insert_into) return {};
  return Unsupported(
      "clusterBy of a table: Spark's own formats only note the columns and write the same files; "
      "leave it out, or take bucketBy");
}

}  // namespace

Result<RelationPtr> LocalSession::Run(const WriteFiles& command, const ExecuteOptions& options) {
  RETURN_IF_ERROR(Write(command, options));
  return EmptyAnswer();
}

Result<WriteResult> LocalSession::Write(const WriteFiles& write, ExecuteOptions options) {
  const bool has_buckets = !write.bucket_by.empty();
  RETURN_IF_ERROR(CheckClusters(write));
  if (!write.sort_by.empty() && !has_buckets) return MakeError("SORT_BY_WITHOUT_BUCKETING");
  if (has_buckets && (write.table.empty() || write.is_insert_into)) {
    return MakeError(write.sort_by.empty() ? "_LEGACY_ERROR_TEMP_1312" : "_LEGACY_ERROR_TEMP_1313",
                     {{"operation", write.is_insert_into ? "insertInto" : "save"}});
  }
  if (!write.table.empty()) return WriteTable(write, options);
  const std::string path = write.path.empty() ? TextOption(write.options, "path", "") : write.path;
  if (path.empty()) return MakeError("_LEGACY_ERROR_TEMP_2050", {{"paths", ""}});
  ASSIGN_OR_RETURN(ResolvedRelationPtr resolved, Resolve(*write.input));
  return WriteTo(write, *resolved, path, options);
}

Result<WriteResult> LocalSession::WriteTo(const WriteFiles& write, const ResolvedRelation& input,
                                          const std::string& path, const ExecuteOptions& options) {
  FileWriteRequest request;
  request.format =
      LowerCase(write.format.empty() ? config_.GetText("spark.sql.sources.default") : write.format);
  if (request.format != "parquet" && request.format != "csv" && request.format != "json" &&
      request.format != "text") {
    return FormatError(write.format);
  }
  request.options = write.options;
  request.partition_by = write.partition_by;
  request.bucket = BucketsOf(write);
  ASSIGN_OR_RETURN(request.target_file_bytes, TargetFileBytes(write.options));
  request.schema = SchemaOf(input);
  for (StructField& field : request.schema) {
    // The footer holds metadata as compact JSON, however the client wrote it.
    const nlohmann::json metadata = nlohmann::json::parse(field.metadata, nullptr, false);
    if (metadata.is_object()) field.metadata = metadata.dump();
  }
  request.zone = config_.GetText("spark.sql.session.timeZone");
  request.default_codec = config_.GetText("spark.sql.parquet.compression.codec");
  request.max_records_per_file = config_.GetInteger("spark.sql.files.maxRecordsPerFile");
  if (const auto own = write.options.find("maxrecordsperfile"); own != write.options.end()) {
    request.max_records_per_file = std::atoll(own->second.c_str());
  }
  ASSIGN_OR_RETURN(
      request.layout,
      LayoutOf(input,
               {.partitions = static_cast<int>(config_.GetInteger("spark.sql.shuffle.partitions")),
                .is_adaptive = config_.GetText("spark.sql.adaptive.enabled") == "true"}));
  RETURN_IF_ERROR(CheckWrite(request));
  Store& store = store_;
  RETURN_IF_ERROR(store.Recover(path));
  ASSIGN_OR_RETURN(const bool is_there, store.Exists(path));
  const std::string shown = IsRemote(path) ? path : DisplayPath(path);
  if (is_there && write.mode == SaveMode::kErrorIfExists) {
    return MakeError("PATH_ALREADY_EXISTS", {{"outputPath", shown}});
  }
  if (is_there && write.mode == SaveMode::kIgnore) return WriteResult{};
  CommitKind kind = CommitKind::kCreate;
  if (write.mode == SaveMode::kAppend) kind = CommitKind::kAppend;
  if (write.mode == SaveMode::kOverwrite) {
    const std::string mode =
        LowerCase(TextOption(write.options, "partitionoverwritemode",
                             config_.GetText("spark.sql.sources.partitionOverwriteMode")));
    const bool is_dynamic = mode == "dynamic" && !write.partition_by.empty();
    kind = is_dynamic ? CommitKind::kReplacePartitions : CommitKind::kReplaceAll;
  }
  ASSIGN_OR_RETURN(std::unique_ptr<StagedWrite> staged, store.BeginWrite(path, kind));
  request.directory = staged->staging_directory();
  request.staged = staged.get();
  SqlWriter writer(*this, MakeWriterOptions());
  const ResolvedRelation& plan = request.layout.plan ? *request.layout.plan : input;
  auto written = WritePlan(request, plan, writer, *shared_->engine, options);
  if (!written.ok()) {
    Error error = std::move(written).error();
    if (error.condition == "TASK_WRITE_FAILED") error.parameters["path"] = shown;
    return error;
  }
  WriteResult result = *std::move(written);
  // A partition that is written alone is no output of its own.
  if (write.partition.empty()) std::ofstream(request.directory + "/_SUCCESS").flush();
  if (options.stop.stop_requested()) return MakeError("OPERATION_CANCELED");
  if (auto* stoppable = dynamic_cast<StoppableCommit*>(staged.get())) {
    stoppable->StopCommitOn(options.stop);
  }
  if (Status done = staged->Commit(); !done.ok()) {
    const bool is_canceled = done.error().condition == "OPERATION_CANCELLED";
    return is_canceled ? MakeError("OPERATION_CANCELED") : std::move(done).error();
  }
  RefreshCached(path);
  const std::string target = IsRemote(path) ? path : LocalPath(path);
  for (std::string& file : result.files) file = target + "/" + file;
  return result;
}

// saveAsTable and insertInto. A table's files are a folder like any other: the modes mean the same.
Result<WriteResult> LocalSession::WriteTable(const WriteFiles& write,
                                             const ExecuteOptions& options) {
  if (write.is_insert_into && FindView(write.table)) {
    return MakeError("EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
                     {{"operation", "INSERT"}, {"viewName", QuoteName(write.table)}});
  }
  RETURN_IF_ERROR(tables_.CheckWritable());
  ASSIGN_OR_RETURN(TableName name, ResolveName(write.table));
  ASSIGN_OR_RETURN(const bool has_database, tables_.HasDatabase(name.database));
  if (!has_database) {
    return MakeError("SCHEMA_NOT_FOUND",
                     {{"schemaName", QuoteName({"spark_catalog", name.database})}});
  }
  ASSIGN_OR_RETURN(std::optional<TableInfo> known, tables_.Find(name.database, name.table));
  if (write.is_insert_into && !known) {
    return MakeError("TABLE_OR_VIEW_NOT_FOUND", {{"relationName", QuoteName(write.table)}});
  }
  if (known && known->is_view && write.is_insert_into) {
    return MakeError("EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
                     {{"operation", "INSERT"}, {"viewName", QuotedTable(*known)}});
  }
  const int64_t max_buckets = config_.GetInteger("spark.sql.sources.bucketing.maxBuckets");
  if (known && (write.is_insert_into || write.mode == SaveMode::kAppend)) {
    if (known->is_view) return Unsupported("saveAsTable into a view");
    if (!write.is_insert_into) RETURN_IF_ERROR(CheckLayout(write, *known, max_buckets));
    return InsertInto(write, *known, options);
  }
  ASSIGN_OR_RETURN(ResolvedRelationPtr input, Resolve(*write.input));
  WriteFiles to_path = write;
  if (known && !write.is_insert_into) {
    if (write.mode == SaveMode::kIgnore) return WriteResult{};
    if (write.mode == SaveMode::kErrorIfExists) {
      return MakeError("TABLE_OR_VIEW_ALREADY_EXISTS",
                       {{"relationName", QuoteName({"spark_catalog", name.database, name.table})}});
    }
  }
  TableInfo table;
  table.database = name.database;
  table.name = name.table;
  table.format =
      LowerCase(write.format.empty() ? config_.GetText("spark.sql.sources.default") : write.format);
  table.partition_by = write.partition_by;
  const Schema written = SchemaOf(*input);
  ASSIGN_OR_RETURN(table.bucket,
                   NormalizeBuckets(BucketsOf(write), {.schema = written,
                                                       .partition_by = write.partition_by,
                                                       .name = QuotedTable(table),
                                                       .max_buckets = max_buckets}));
  to_path.bucket_by = table.bucket.columns;
  to_path.sort_by = table.bucket.sort_columns;
  table.options = write.options;
  table.options.erase("path");
  table.comment = write.comment;
  table.properties = write.properties;
  table.created_us = std::chrono::duration_cast<std::chrono::microseconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count();
  const std::string location = TextOption(write.options, "path", "");
  table.is_external = !location.empty();
  table.location = tables_.DefaultLocation(name.database, name.table);
  if (table.is_external) {
    ASSIGN_OR_RETURN(table.location, TableFolder(location, shared_->remote));
  }
  Schema partitions;
  for (const StructField& field : written) {
    bool is_partition = false;
    for (const std::string& by : write.partition_by)
      is_partition = is_partition || LowerCase(by) == LowerCase(field.name);
    StructField stored{field.name, AsNullable(field.type), true, field.metadata};
    (is_partition ? partitions : table.schema).push_back(std::move(stored));
  }
  for (const std::string& by : write.partition_by) {
    const int at = FindField(partitions, by);
    if (at >= 0) table.schema.push_back(partitions[at]);
  }
  to_path.mode = SaveMode::kOverwrite;
  ASSIGN_OR_RETURN(WriteResult result, WriteTo(to_path, *input, table.location, options));
  RETURN_IF_ERROR(tables_.Put(table));
  return result;
}

}  // namespace ember
