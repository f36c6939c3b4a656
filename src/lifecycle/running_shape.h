#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emr/cluster_file.h"
#include "lifecycle/running_cluster.h"
#include "lifecycle/world.h"

namespace ember {

/// A group or a fleet of a cluster as it runs.
struct RunningNodes {
  std::string id;    // "ig-…", "if-…"
  std::string role;  // master, core, task
  std::string state;
  std::string reason;
  std::string market;  // groups: on_demand, spot
  std::vector<EmrInstanceType> types;
  int requested = 0;  // groups: nodes
  int running = 0;
  int on_demand_units = 0;  // fleets: asked for
  int spot_units = 0;
  int running_on_demand_units = 0;
  int running_spot_units = 0;
  int64_t volume_gb = 0;             // of a node; 0: not said
  std::vector<std::string> volumes;  // of a node, of its first type: "gp3 64 GB", sorted
};

/// A cluster with its nodes and policies.
struct RunningShape {
  RunningCluster cluster;
  std::vector<RunningNodes> nodes;
  AwsJson limits;            // managed scaling's ComputeLimits; null without
  int64_t idle_seconds = 0;  // 0: it is not ended for idling

  /// The first group or fleet of a role; null when there is none.
  const RunningNodes* Find(const std::string& role) const;
};

Result<RunningShape> DescribeEmrShape(const EmrWorld& world, RunningCluster cluster);

/// The file as it would be of what runs: its nodes, counts and limits; everything else, the network
/// among it, is `file`'s.
EmrCluster EmrClusterAsItRuns(EmrCluster file, const RunningShape& shape);

}  // namespace ember
