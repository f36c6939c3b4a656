#pragma once

#include <string>
#include <vector>

#include "emr/cost.h"
#include "lifecycle/running_cluster.h"
#include "lifecycle/stack.h"

namespace ember {

/// A stack that goes, with what it holds.
struct EmrStackEnd {
  EmrStack stack;
  std::vector<EmrStackChange> ends;    // action Remove
  std::vector<EmrKeptResource> stays;  // by its policy
};

/// What `ember emr down` would end, and what stays.
struct EmrDownPlan {
  std::string name;                      // of the cluster; empty: it has no stacks of Ember's
  std::vector<RunningCluster> clusters;  // live
  std::vector<EmrStackEnd> stacks;       // in the order in which they go
  std::string note;                      // why stacks stay
  UsdRange hour;                         // what the clusters cost

  bool has_work() const { return !clusters.empty() || !stacks.empty(); }
  bool is_protected() const;
};

/// `name`: a cluster's name, its file or its id. Errors: a cluster of that name is not Ember's.
Result<EmrDownPlan> PlanEmrDown(const EmrWorld& world, const std::string& name);

struct EmrDownOptions {
  bool forces = false;  // ends what is protected against termination too
};

/// Ends clusters, waits, deletes the stacks; returns what stays. Interrupted anywhere, a second
/// call goes on. Errors: a protected cluster without `forces`, before anything is done; a stack
/// that cannot be deleted, with the resource.
Result<std::vector<EmrKeptResource>> ApplyEmrDown(const EmrWorld& world, const EmrDownPlan& plan,
                                                  const EmrDownOptions& options);

/// Ends clusters and waits until they have.
Status EndEmrClusters(const EmrWorld& world, const std::vector<RunningCluster>& clusters,
                      const EmrDownOptions& options);

/// What a resource that stays costs a month, in words.
std::string EmrKeptCost(const EmrKeptResource& resource, const EmrFacts& facts);

}  // namespace ember
