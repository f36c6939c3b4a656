#pragma once

#include <optional>
#include <vector>

#include "emr/cost.h"
#include "lifecycle/difference.h"

namespace ember {

/// New limits of managed scaling, and the task nodes (groups) or spot units (fleets) to ask for.
/// What is not said stays.
struct EmrScaleRequest {
  std::optional<int> min;
  std::optional<int> max;
  std::optional<int> max_core;
  std::optional<int> max_on_demand;
  std::optional<int> task;
};

struct EmrScalePlan {
  std::vector<EmrDifference> changes;  // each with its call
  UsdRange hour_before;                // as it runs, and at its limits
  UsdRange hour_after;
  std::vector<std::string> notes;
};

/// Errors: limits that contradict each other; no policy and not both of min and max; no task nodes.
Result<EmrScalePlan> PlanEmrScale(const EmrWorld& world, const RunningShape& shape,
                                  const EmrScaleRequest& request);

/// Makes the changes, in their order. Each says what is asked for, so that a second call does no
/// harm.
Status ApplyEmrChanges(const EmrWorld& world, const std::vector<EmrDifference>& changes);

}  // namespace ember
