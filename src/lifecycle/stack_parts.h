#pragma once

#include <optional>
#include <string>

#include "emr/cluster_file.h"
#include "lifecycle/stack.h"

namespace ember {

/// "ember-NAME", what a cluster stands on, and "ember-NAME-watch", its alarms and its dashboard.
std::string EmrGroundStackName(const std::string& cluster_name);
std::string EmrWatchStackName(const std::string& cluster_name);

/// The stack of what the cluster stands on; nothing where the file names all of it itself.
Result<std::optional<EmrStackRequest>> EmrGroundStack(const EmrCluster& cluster,
                                                      const EmrFacts& facts);
/// The stack of what watches the cluster; nothing where the file asks for neither alarms nor a
/// dashboard. `ground` are the outputs of the other stack.
Result<std::optional<EmrStackRequest>> EmrWatchStack(
    const EmrCluster& cluster, const EmrFacts& facts, const std::string& cluster_id,
    const std::map<std::string, std::string>& ground);

}  // namespace ember
