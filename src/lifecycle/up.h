#pragma once

#include "lifecycle/plan.h"

namespace ember {

struct EmrUpOptions {
  bool waits = true;      // until the cluster is ready
  bool replaces = false;  // ends a cluster that cannot be brought in step, and starts a new one
};

/// Does what the plan says: deploys the stacks, starts the cluster once or brings the running one
/// in step, waits until it is ready. Interrupted anywhere, by Ctrl-C or kill -9, a second call goes
/// on. Errors say what runs on, and what it costs.
Result<RunningCluster> ApplyEmrPlan(const EmrWorld& world, const EmrCluster& cluster,
                                    const EmrPlan& plan, const EmrUpOptions& options = {});

}  // namespace ember
