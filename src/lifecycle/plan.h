#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emr/cost.h"
#include "lifecycle/difference.h"
#include "lifecycle/running_shape.h"
#include "lifecycle/stack.h"

namespace ember {

/// What `ember emr up` would do to get from what is there to what the file says.
struct EmrPlan {
  std::string name;
  std::string region;
  std::vector<EmrStackPlan> stacks;       // what the cluster stands on, then what watches it
  std::optional<RunningCluster> running;  // nothing, or one that ends: a cluster is started
  std::vector<EmrDifference> differences;
  UsdRange month_before;  // if it is left running
  UsdRange month_after;

  bool starts_cluster() const { return !running || running->state == "TERMINATING"; }
  bool has_changes() const;
  /// Keys that the running cluster cannot take on.
  std::vector<std::string> NewClusterKeys() const;
};

/// Asks, and changes nothing: change sets are made and deleted again.
Result<EmrPlan> PlanEmrCluster(const EmrWorld& world, const EmrCluster& cluster);

/// What the network, of what is paid by the hour, costs a month.
UsdRange EmrNetworkMonth(const EmrCluster& cluster, const EmrFacts& facts);

}  // namespace ember
