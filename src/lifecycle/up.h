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

/// What ApplyEmrPlan does first, alone: the stack that the cluster stands on, so that its bucket is
/// there for data before a cluster costs money. Errors: a cluster of the name lives (its groups and
/// roles are in use), or the file names all that it stands on.
Result<EmrStack> ApplyEmrGround(const EmrWorld& world, const EmrCluster& cluster);
/// What it would change.
Result<EmrStackPlan> PlanEmrGround(const EmrWorld& world, const EmrCluster& cluster);

}  // namespace ember
