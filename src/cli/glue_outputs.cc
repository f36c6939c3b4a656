#include "cli/glue_outputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <utility>

#include "aws/s3_remote_stores.h"
#include "duckdb/partition_values.h"
#include "glue/glue_projection.h"
#include "session/session.h"
#include "store/store.h"

namespace ember {
namespace {

// Options of a write that say nothing to who reads.
constexpr auto kWriteOptions = std::to_array<std::string_view>(
    {"compression", "codec", "emptyvalue", "maxrecordsperfile", "partitionoverwritemode", "path",
     "quoteall", "escapequotes", "targetfilesize"});

std::string LowerCaseOf(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// "bucket/folder" of "s3a://bucket/folder/".
std::string WithoutScheme(std::string path) {
  path = path.substr(path.find("://") + 3);
  while (path.ends_with('/')) path.pop_back();
  return path;
}

std::map<std::string, std::string> ReadOptions(const OutputSpec& write) {
  std::map<std::string, std::string> options;
  if (write.format == "parquet") return options;
  for (const auto& [key, value] : write.options) {
    const std::string name = LowerCaseOf(key);
    // Settings of the file system may hold keys.
    const bool is_left_out =
        name.starts_with("fs.") || name.starts_with("spark.") ||
        std::find(kWriteOptions.begin(), kWriteOptions.end(), name) != kWriteOptions.end();
    if (!is_left_out) options[name] = value;
  }
  return options;
}

// Appended to, or overwritten partition by partition.
bool KeepsOldFiles(const OutputSpec& write, const SparkSession& session) {
  if (write.mode != "overwrite") return true;
  std::string mode =
      session.session()->FindConfig("spark.sql.sources.partitionOverwriteMode").value_or("");
  for (const auto& [key, value] : write.options) {
    if (LowerCaseOf(key) == "partitionoverwritemode") mode = value;
  }
  return LowerCaseOf(mode) == "dynamic" && !write.partition_by.empty();
}

Error At(const PipelineSpec& spec, const PlannedOutput& output, Error error) {
  const Location& at = output.write.glue->location;
  return WithContext(std::move(error), fmt::format("{}:{}:{}: catalog of output '{}'", spec.file,
                                                   at.line, at.column, output.name));
}

}  // namespace

Result<GlueTable> GlueTableOf(const PlannedOutput& output, const Schema& schema) {
  const GlueTableSpec& spec = output.write.glue.value();
  GlueTable table;
  table.database = spec.database;
  table.name = spec.table;
  table.comment = spec.comment;
  table.location = "s3://" + WithoutScheme(output.write.path);
  table.format = output.write.format;
  table.options = ReadOptions(output.write);
  table.columns = schema;
  for (const std::string& by : output.write.partition_by) {
    const auto at = std::find_if(
        table.columns.begin(), table.columns.end(),
        [&](const StructField& field) { return LowerCaseOf(field.name) == LowerCaseOf(by); });
    // The write itself says it better.
    if (at == table.columns.end()) return InvalidInput(fmt::format("there is no column '{}'", by));
    table.partition_columns.push_back(*at);
    table.columns.erase(at);
  }
  if (spec.projects_partitions) {
    std::map<std::string, GlueProjectedColumn> by_column;
    for (const auto& [column, values] : spec.projection) {
      by_column[column] = {.texts = values.texts, .is_list = values.is_list};
    }
    table.partitioning = GluePartitioning::kProjection;
    ASSIGN_OR_RETURN(table.projection, GlueProjection(table.partition_columns, by_column));
  }
  // What Hive has no type for is said now.
  RETURN_IF_ERROR(GlueTableInput(table));
  return table;
}

Result<GlueOutputs> GlueOutputs::Make(const PipelineSpec& spec, const PipelineGraph& graph,
                                      const SparkSession& session) {
  GlueOutputs outputs;
  std::set<std::string> names;
  for (const PlannedOutput& output : graph.outputs) {
    if (!output.write.glue) continue;
    ASSIGN_OR_RETURN(const Schema schema, output.frame.schema());
    auto table = GlueTableOf(output, schema);
    if (!table.ok()) return At(spec, output, std::move(table).error());
    if (!names.insert(table->database + "." + table->name).second) {
      return At(spec, output,
                InvalidInput(fmt::format("'{}.{}' is the table of another output too",
                                         table->database, table->name)));
    }
    outputs.tables_[output.name] = {.table = *std::move(table),
                                    .old_files = KeepsOldFiles(output.write, session)
                                                     ? GlueOldFiles::kStay
                                                     : GlueOldFiles::kGone};
  }
  if (outputs.empty()) return outputs;
  outputs.objects_ = MakeS3RemoteStores();
  for (const auto& [key, value] : spec.spark) {
    if (outputs.objects_->IsSetting(key)) outputs.settings_[key] = value;
  }
  return outputs;
}

// The folders that have files now, as the table's partitions.
Result<std::vector<GluePartition>> GlueOutputs::PartitionsOf(const PlannedOutput& output,
                                                             const GlueTable& table) {
  std::vector<GluePartition> partitions;
  ASSIGN_OR_RETURN(const std::shared_ptr<Store> store, objects_->StoreFor(settings_));
  Result<std::vector<FileInfo>> files = store->List(output.write.path);
  if (!files.ok() && files.error().condition == "PATH_NOT_FOUND") return partitions;
  if (!files.ok()) return std::move(files).error();
  const std::string base = WithoutScheme(table.location);
  std::set<std::string> folders;
  for (const FileInfo& file : *files) {
    const std::string path = WithoutScheme(file.path);
    const std::string folder = path.substr(0, path.rfind('/'));
    if (!folder.starts_with(base + "/") || !folders.insert(folder).second) continue;
    const auto values = PartitionOf(path, base + "/");
    if (values.size() != table.partition_columns.size()) continue;
    GluePartition partition{.location = "s3://" + folder};
    for (const auto& [column, value] : values) partition.values.push_back(value);
    partitions.push_back(std::move(partition));
  }
  return partitions;
}

Result<std::string> GlueOutputs::Sync(AwsApi& api, const PlannedOutput& output,
                                      const std::stop_token& stop) {
  const auto found = tables_.find(output.name);
  if (found == tables_.end()) return InternalError("an output without a table: " + output.name);
  const auto& [table, old_files] = found->second;
  std::vector<GluePartition> partitions;
  if (!table.partition_columns.empty() && table.partitioning == GluePartitioning::kExplicit) {
    ASSIGN_OR_RETURN(partitions, PartitionsOf(output, table));
  }
  ASSIGN_OR_RETURN(const GlueSyncReport report,
                   SyncGlueTable(api, table, old_files, partitions, stop));
  return report.ToString();
}

}  // namespace ember
