#pragma once

#include "emulator/cluster_record.h"

namespace ember {

// Records as the answers of the API have them.
AwsJson ClusterJson(const ClusterRecord& cluster);
AwsJson ClusterSummaryJson(const ClusterRecord& cluster);
AwsJson InstanceJson(const ClusterRecord& cluster, const EmulatedInstance& instance);
AwsJson GroupJson(const ClusterRecord& cluster, const NodePool& pool);
AwsJson FleetJson(const ClusterRecord& cluster, const NodePool& pool);
AwsJson StepJson(const ClusterRecord& cluster, const StepRecord& step);
/// [{Key, Value}]
AwsJson TagsJson(const std::map<std::string, std::string>& tags);
/// Seconds since 1970, as JSON services tell times.
AwsJson TimeJson(int64_t time_us);
std::string ClusterArn(const ClusterRecord& cluster);
/// Where a cluster's logs go, with '/' at its end; empty without logs.
std::string LogFolder(const ClusterRecord& cluster);

inline constexpr const char* kEmulatedAccount = "000000000000";

}  // namespace ember
