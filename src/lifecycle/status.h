#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emr/cost.h"
#include "lifecycle/running_shape.h"
#include "lifecycle/stack.h"

namespace ember {

struct EmrStepState {
  std::string id;
  std::string name;
  std::string state;
  std::string reason;
  int64_t created_us = 0;
  int64_t started_us = 0;
  int64_t ended_us = 0;
};

struct EmrInstance {
  std::string id;  // EC2's
  std::string role;
  std::string type;
  std::string market;  // on_demand, spot
  std::string state;
  std::string reason;
  int64_t created_us = 0;
  int64_t ended_us = 0;
};

struct EmrEvent {
  int64_t at_us = 0;
  std::string what;
};

/// How a cluster is, and what it costs.
struct EmrStatus {
  RunningShape shape;
  std::vector<EmrInstance> instances;
  std::vector<EmrStepState> steps;  // the newest first
  std::vector<EmrStack> stacks;
  std::vector<EmrEvent> events;  // the oldest first
  int64_t now_us = 0;
  std::optional<int64_t> idle_since_us;  // by CloudWatch; nothing when busy or not known
  UsdRange cost_so_far;                  // nodes only, by the price table
  UsdRange hour;                         // as it runs now
  UsdRange month;                        // left running: as now, and at its limits
  std::vector<std::string> notes;        // what the costs leave out
};

struct EmrStatusOptions {
  bool asks_metrics = true;  // CloudWatch, since when it is idle
};

/// Asks only. What cannot be found out is left out or noted, except the cluster itself.
Result<EmrStatus> DescribeEmrStatus(const EmrWorld& world, const RunningCluster& cluster,
                                    const EmrStatusOptions& options = {});

/// The newest live clusters, of any name, without their tags: for a list.
Result<std::vector<RunningCluster>> ListLiveEmrClusters(const EmrWorld& world);

}  // namespace ember
