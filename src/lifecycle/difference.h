#pragma once

#include <string>
#include <vector>

#include "emr/request.h"
#include "lifecycle/running_shape.h"
#include "lifecycle/stack.h"

namespace ember {

/// One thing in which a running cluster is not as its file says.
struct EmrDifference {
  std::string key;     // of the cluster file
  std::string before;  // empty: it is not there
  std::string after;   // empty: it is to go
  std::string action;  // the call that changes it in place; empty: only a new cluster has it
  AwsJson request;

  bool needs_new_cluster() const { return action.empty(); }
};

/// What differs, in the order in which it may be changed. `ground` is what the stack made; what of
/// it is not known (null) is not compared. Steps are not: they ran when the cluster started. Counts
/// are not where managed scaling sets them.
Result<std::vector<EmrDifference>> CompareEmrCluster(const EmrWorld& world,
                                                     const EmrCluster& cluster,
                                                     const EmrGround& ground,
                                                     const RunningShape& shape);

/// What the cluster stands on and a change of the stack makes anew: the cluster has to be too.
std::vector<EmrDifference> ReplacedGround(const EmrStackPlan& plan);

}  // namespace ember
