#pragma once

#include <string>
#include <vector>

namespace ember {

/// A core or task pool as managed scaling sees it, in the units of its policy.
struct ScalablePool {
  std::string id;
  bool is_core = false;
  bool takes_on_demand = true;
  bool takes_spot = true;
  int on_demand = 0;
  int spot = 0;
  bool operator==(const ScalablePool&) const = default;
};

struct ScalingBounds {
  int min = 0;
  int max = 0;
  int max_on_demand = 0;
  int max_core = 0;
};

/// What the pools are to have so that they sum up to `wanted` units, brought into the bounds first.
/// Up: core until max_core, then task; on-demand until max_on_demand, then spot. Down: task before
/// core, spot before on-demand. What no pool can take is left out.
std::vector<ScalablePool> DecideScaling(std::vector<ScalablePool> pools,
                                        const ScalingBounds& bounds, int wanted);

/// How many units the work needs: what runs and what waits, by what a unit's nodes can run.
/// Nothing where there are no nodes yet to tell it by.
struct WorkLoad {
  int cores = 0;  // of the nodes that are alive
  int cores_used = 0;
  int cores_wanted = 0;  // beyond those used
  int units = 0;         // that make up `cores`
};
int UnitsNeeded(const WorkLoad& load, int otherwise);

}  // namespace ember
