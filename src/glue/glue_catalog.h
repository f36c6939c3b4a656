#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "aws/aws_api.h"
#include "base/result.h"
#include "glue/glue_table.h"

namespace ember {

// Asking Glue. All pages are read; errors are those of AwsApi::Call.

struct GlueDatabase {
  std::string name;
  std::string comment;
  std::string location;  // may be empty
};

Result<std::vector<GlueDatabase>> ListGlueDatabases(AwsApi& api, const std::stop_token& stop = {});
/// Nothing when there is none of that name.
Result<std::optional<GlueDatabase>> FindGlueDatabase(AwsApi& api, const std::string& name,
                                                     const std::stop_token& stop = {});
/// By name; none when there is no such database.
Result<std::vector<GlueTable>> ListGlueTables(AwsApi& api, const std::string& database,
                                              const std::stop_token& stop = {});
/// Nothing when there is no such table or database.
Result<std::optional<GlueTable>> FindGlueTable(AwsApi& api, const std::string& database,
                                               const std::string& table,
                                               const std::stop_token& stop = {});

/// A partition as GetPartitions gives it.
struct GlueListedPartition {
  GluePartition partition;
  AwsJson columns;  // of its StorageDescriptor
};
Result<std::vector<GlueListedPartition>> ListGluePartitions(AwsApi& api,
                                                            const std::string& database,
                                                            const std::string& table,
                                                            const std::stop_token& stop = {});

}  // namespace ember
