#include "glue/glue_catalog.h"

#include <functional>
#include <utility>

#include "aws/aws_json.h"
#include "aws/service_call.h"

namespace ember {
namespace {

bool IsNotFound(const Error& error) { return ServiceCodeOf(error) == "EntityNotFoundException"; }

// Each element of the list `member` of all pages.
Status ForEach(AwsApi& api, AwsApiCall call, std::string_view member,
               const std::function<void(const AwsJson&)>& take) {
  while (true) {
    ASSIGN_OR_RETURN(const AwsJson answer, api.Call(call));
    for (const AwsJson& element : AwsList(answer, member)) take(element);
    const std::string token = AwsText(answer, "NextToken");
    if (token.empty()) return {};
    call.request["NextToken"] = token;
  }
}

GlueDatabase DatabaseOf(const AwsJson& json) {
  return {.name = AwsText(json, "Name"),
          .comment = AwsText(json, "Description"),
          .location = AwsText(json, "LocationUri")};
}

}  // namespace

Result<std::vector<GlueDatabase>> ListGlueDatabases(AwsApi& api, const std::stop_token& stop) {
  std::vector<GlueDatabase> databases;
  RETURN_IF_ERROR(
      ForEach(api, {.service = AwsService::kGlue, .action = "GetDatabases", .stop = stop},
              "DatabaseList", [&](const AwsJson& json) { databases.push_back(DatabaseOf(json)); }));
  return databases;
}

Result<std::optional<GlueDatabase>> FindGlueDatabase(AwsApi& api, const std::string& name,
                                                     const std::stop_token& stop) {
  Result<AwsJson> answer = api.Call({.service = AwsService::kGlue,
                                     .action = "GetDatabase",
                                     .request = {{"Name", name}},
                                     .stop = stop});
  if (!answer.ok() && IsNotFound(answer.error())) return std::optional<GlueDatabase>();
  if (!answer.ok()) return std::move(answer).error();
  return std::optional(DatabaseOf(AwsStructure(*answer, "Database")));
}

Result<std::vector<GlueTable>> ListGlueTables(AwsApi& api, const std::string& database,
                                              const std::stop_token& stop) {
  std::vector<GlueTable> tables;
  const Status listed = ForEach(api,
                                {.service = AwsService::kGlue,
                                 .action = "GetTables",
                                 .request = {{"DatabaseName", database}},
                                 .stop = stop},
                                "TableList", [&](const AwsJson& json) {
                                  tables.push_back(ParseGlueTable(json));
                                  tables.back().database = database;
                                });
  if (!listed.ok() && !IsNotFound(listed.error())) return listed.error();
  return tables;
}

Result<std::optional<GlueTable>> FindGlueTable(AwsApi& api, const std::string& database,
                                               const std::string& table,
                                               const std::stop_token& stop) {
  Result<AwsJson> answer = api.Call({.service = AwsService::kGlue,
                                     .action = "GetTable",
                                     .request = {{"DatabaseName", database}, {"Name", table}},
                                     .stop = stop});
  if (!answer.ok() && IsNotFound(answer.error())) return std::optional<GlueTable>();
  if (!answer.ok()) return std::move(answer).error();
  GlueTable found = ParseGlueTable(AwsStructure(*answer, "Table"));
  found.database = database;
  return std::optional(std::move(found));
}

Result<std::vector<GlueListedPartition>> ListGluePartitions(AwsApi& api,
                                                            const std::string& database,
                                                            const std::string& table,
                                                            const std::stop_token& stop) {
  std::vector<GlueListedPartition> partitions;
  RETURN_IF_ERROR(ForEach(api,
                          {.service = AwsService::kGlue,
                           .action = "GetPartitions",
                           .request = {{"DatabaseName", database}, {"TableName", table}},
                           .stop = stop},
                          "Partitions", [&](const AwsJson& json) {
                            GlueListedPartition listed;
                            for (const AwsJson& value : AwsList(json, "Values")) {
                              if (value.is_string()) listed.partition.values.push_back(value);
                            }
                            const AwsJson& storage = AwsStructure(json, "StorageDescriptor");
                            listed.partition.location = AwsText(storage, "Location");
                            while (listed.partition.location.ends_with('/')) {
                              listed.partition.location.pop_back();
                            }
                            listed.columns = AwsList(storage, "Columns");
                            partitions.push_back(std::move(listed));
                          }));
  return partitions;
}

}  // namespace ember
