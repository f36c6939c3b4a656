#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "aws/aws_api.h"
#include "base/result.h"

namespace ember {

/// A cluster as DescribeCluster tells it.
struct RunningCluster {
  std::string id;  // "j-…"
  std::string name;
  std::string state;  // STARTING, BOOTSTRAPPING, RUNNING, WAITING, TERMINATING, TERMINATED, …
  std::string reason_code;
  std::string reason;
  std::string release;
  std::string log_uri;
  std::string master_dns;
  bool has_fleets = false;
  bool is_protected = false;
  int64_t created_us = 0;  // 0: not said
  int64_t ready_us = 0;
  int64_t ended_us = 0;
  std::map<std::string, std::string> tags;
  AwsJson json;  // DescribeCluster's Cluster, whole

  /// It costs money: it is not TERMINATED or TERMINATED_WITH_ERRORS.
  bool is_live() const { return !state.starts_with("TERMINATED"); }
};

/// DescribeCluster of an id. Errors: EMBER_AWS.SERVICE when there is none.
Result<RunningCluster> DescribeEmrCluster(AwsApi& api, const std::string& id,
                                          const std::stop_token& stop);

/// The live cluster of the name `name` that carries the tag ember-cluster = `name`, as `ember emr
/// up` starts it; one that is TERMINATING only where no other is. Nothing when there is none.
/// Errors: several that stay.
Result<std::optional<RunningCluster>> FindEmrCluster(AwsApi& api, const std::string& name,
                                                     const std::stop_token& stop);

/// All live clusters of the name `name` that carry the tag, those that end too.
Result<std::vector<RunningCluster>> ListEmrClusters(AwsApi& api, const std::string& name,
                                                    const std::stop_token& stop);

/// "j-1ABC": an id as EMR gives it.
bool IsEmrClusterId(const std::string& text);

/// The name that a user means: a cluster file's, or the text itself. Errors: the file cannot be
/// read or names none.
Result<std::string> EmrClusterName(const std::string& name_or_file);

/// The cluster that a user means: an id ("j-…"), the name of a live one, or a cluster file whose
/// name a live one has. Errors: there is none, with what to do.
Result<RunningCluster> ResolveEmrCluster(AwsApi& api, const std::string& id_or_name,
                                         const std::stop_token& stop);

}  // namespace ember
