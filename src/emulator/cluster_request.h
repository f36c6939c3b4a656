#pragma once

#include "emulator/cluster_record.h"

namespace ember {

/// The cluster that a request of RunJobFlow asks for; the request fits the model. Errors: what EMR
/// refuses although it fits: types, groups with fleets, limits, policies.
Result<ClusterRecord> MakeCluster(const AwsJson& request, const ClusterWorldView& world);

/// One group (InstanceGroupConfig) or fleet (InstanceFleetConfig). Errors: as above.
Result<NodePool> MakeGroup(const AwsJson& config, const ClusterWorldView& world);
Result<NodePool> MakeFleet(const AwsJson& config, const ClusterWorldView& world);

/// Adds steps. Errors: too many, an action that the concurrency does not allow.
Result<std::vector<std::string>> AddSteps(ClusterRecord& cluster, const AwsJson& steps,
                                          const ClusterWorldView& world);
Status SetScalingPolicy(ClusterRecord& cluster, const AwsJson& policy);
Status SetAutoTermination(ClusterRecord& cluster, const AwsJson& policy);
Status SetStepConcurrency(ClusterRecord& cluster, int level);
/// Merges [{Key, Value}] into tags. Errors: an empty key, too many.
Status AddTagsTo(std::map<std::string, std::string>& tags, const AwsJson& list);

}  // namespace ember
