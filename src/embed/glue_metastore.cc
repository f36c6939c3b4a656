#include "embed/glue_metastore.h"

#include <algorithm>
#include <mutex>
#include <string_view>
#include <utility>

#include "aws/aws_api.h"
#include "duckdb/partition_values.h"
#include "glue/glue_catalog.h"

namespace ember {
namespace {

// Hadoop's schemes of S3 mean one place.
std::string PlainLocation(const std::string& location) {
  for (const std::string_view scheme : {"s3a://", "s3n://"}) {
    if (location.starts_with(scheme)) return "s3://" + location.substr(scheme.size());
  }
  return location;
}

// The folder of a partition below its table, or nothing where it lies elsewhere or its folder says
// other values than the catalog: a scan takes them from the folder.
std::optional<std::string> FolderOf(const GluePartition& partition, const std::string& location) {
  const std::string place = PlainLocation(partition.location);
  if (!place.starts_with(location + "/")) return std::nullopt;
  const auto values = PartitionOf(place + "/", location + "/");
  const bool fits =
      std::equal(values.begin(), values.end(), partition.values.begin(), partition.values.end(),
                 [](const auto& a, const auto& b) { return a.second == b; });
  if (!fits) return std::nullopt;
  return place.substr(location.size() + 1);
}

class GlueMetastore final : public OuterCatalog {
 public:
  std::string title() const override { return "the Glue Data Catalog"; }

  Result<std::vector<OuterDatabase>> Databases() override {
    ASSIGN_OR_RETURN(AwsApi * api, Api());
    ASSIGN_OR_RETURN(const std::vector<GlueDatabase> listed, ListGlueDatabases(*api));
    std::vector<OuterDatabase> databases;
    for (const GlueDatabase& database : listed) {
      databases.push_back({.name = database.name, .location = database.location});
    }
    return databases;
  }

  Result<std::optional<OuterDatabase>> FindDatabase(const std::string& name) override {
    ASSIGN_OR_RETURN(AwsApi * api, Api());
    ASSIGN_OR_RETURN(const auto found, FindGlueDatabase(*api, name));
    if (!found) return std::optional<OuterDatabase>();
    return std::optional(OuterDatabase{.name = found->name, .location = found->location});
  }

  Result<std::vector<std::string>> Tables(const std::string& database) override {
    ASSIGN_OR_RETURN(AwsApi * api, Api());
    ASSIGN_OR_RETURN(const std::vector<GlueTable> tables, ListGlueTables(*api, database));
    std::vector<std::string> names;
    for (const GlueTable& table : tables) names.push_back(table.name);
    std::sort(names.begin(), names.end());
    return names;
  }

  Result<std::optional<TableInfo>> Find(const std::string& database,
                                        const std::string& table) override {
    ASSIGN_OR_RETURN(AwsApi * api, Api());
    ASSIGN_OR_RETURN(std::optional<GlueTable> found, FindGlueTable(*api, database, table));
    if (!found) return std::optional<TableInfo>();
    TableInfo info;
    info.database = database;
    info.name = found->name;
    info.format = found->format;
    info.schema = found->columns;
    info.schema.insert(info.schema.end(), found->partition_columns.begin(),
                       found->partition_columns.end());
    for (const StructField& field : found->partition_columns) {
      info.partition_by.push_back(field.name);
    }
    info.location = PlainLocation(found->location);
    for (const auto& [key, value] : found->options) info.options[key] = value;
    info.is_external = true;
    info.is_outer = true;
    info.comment = found->comment;
    info.unreadable = found->unreadable;
    if (info.unreadable.empty() && !info.location.starts_with("s3://")) {
      info.unreadable = "a table of Glue outside of S3";
    }
    const bool is_listed =
        !info.partition_by.empty() && found->partitioning == GluePartitioning::kExplicit;
    if (is_listed && info.unreadable.empty()) RETURN_IF_ERROR(AddPartitions(*api, info));
    return std::optional(std::move(info));
  }

 private:
  static Status AddPartitions(AwsApi& api, TableInfo& info) {
    ASSIGN_OR_RETURN(const std::vector<GlueListedPartition> listed,
                     ListGluePartitions(api, info.database, info.name));
    std::vector<std::string> folders;
    for (const GlueListedPartition& one : listed) {
      const std::optional<std::string> folder = FolderOf(one.partition, info.location);
      if (one.partition.values.size() != info.partition_by.size()) {
        info.unreadable = "a partition of Glue of other columns than its table";
      } else if (folder) {
        folders.push_back(*folder);
      } else if (!PlainLocation(one.partition.location).starts_with("s3://")) {
        info.unreadable = "a partition of Glue outside of S3";
      } else {
        info.stray_partitions.push_back(
            {.values = one.partition.values, .location = PlainLocation(one.partition.location)});
      }
    }
    std::sort(folders.begin(), folders.end());
    info.listed_partitions = std::move(folders);
    return {};
  }

  Result<AwsApi*> Api() {
    std::lock_guard lock(mutex_);
    if (api_ != nullptr) return api_.get();
    if (http_ == nullptr) {
      HttpClientOptions options;
      options.ca_file = host_->Variable("AWS_CA_BUNDLE").value_or("");
      ASSIGN_OR_RETURN(http_, MakeCurlHttpClient(options));
    }
    ASSIGN_OR_RETURN(api_, MakeAwsApi(*http_, *host_));
    return api_.get();
  }

  std::mutex mutex_;
  std::unique_ptr<AwsHost> host_ = MakeSystemAwsHost();
  std::unique_ptr<HttpClient> http_;  // guarded by mutex_, as api_ is
  std::unique_ptr<AwsApi> api_;
};

}  // namespace

std::unique_ptr<OuterCatalog> MakeGlueMetastore() { return std::make_unique<GlueMetastore>(); }

}  // namespace ember
