#pragma once

#include <string>

#include "lifecycle/running_cluster.h"
#include "lifecycle/world.h"

namespace ember {

/// Polls until the cluster is ready for steps: WAITING or RUNNING. One that ran all its steps and
/// ended as it was told to is ready too. Errors: it ended otherwise, with its reason.
Result<RunningCluster> WaitUntilReady(const EmrWorld& world, const std::string& id);

/// Polls until the cluster ended, however.
Result<RunningCluster> WaitUntilEnded(const EmrWorld& world, const std::string& id);

}  // namespace ember
