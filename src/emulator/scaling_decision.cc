#include "emulator/scaling_decision.h"

#include <algorithm>

namespace ember {
namespace {

constexpr int64_t kMostUnits = 1 << 20;  // an application may want any number of cores

struct Sum {
  int total = 0;
  int on_demand = 0;
  int core = 0;
};
Sum SumOf(const std::vector<ScalablePool>& pools) {
  Sum sum;
  for (const ScalablePool& pool : pools) {
    sum.total += pool.on_demand + pool.spot;
    sum.on_demand += pool.on_demand;
    if (pool.is_core) sum.core += pool.on_demand + pool.spot;
  }
  return sum;
}

void Grow(std::vector<ScalablePool>& pools, const ScalingBounds& bounds, int units) {
  for (const bool is_core : {true, false}) {
    for (const bool is_spot : {false, true}) {
      for (ScalablePool& pool : pools) {
        if (pool.is_core != is_core || !(is_spot ? pool.takes_spot : pool.takes_on_demand))
          continue;
        const Sum sum = SumOf(pools);
        int room = units;
        if (is_core) room = std::min(room, bounds.max_core - sum.core);
        if (!is_spot) room = std::min(room, bounds.max_on_demand - sum.on_demand);
        room = std::max(room, 0);
        (is_spot ? pool.spot : pool.on_demand) += room;
        units -= room;
      }
    }
  }
}

void ShrinkBy(std::vector<ScalablePool>& pools, int units) {
  for (const bool is_core : {false, true}) {
    for (const bool is_spot : {true, false}) {
      for (auto pool = pools.rbegin(); pool != pools.rend(); ++pool) {
        if (pool->is_core != is_core) continue;
        int& count = is_spot ? pool->spot : pool->on_demand;
        const int less = std::min(units, count);
        count -= less;
        units -= less;
      }
    }
  }
}

}  // namespace

std::vector<ScalablePool> DecideScaling(std::vector<ScalablePool> pools,
                                        const ScalingBounds& bounds, int wanted) {
  const int target = std::clamp(wanted, bounds.min, std::max(bounds.min, bounds.max));
  const int total = SumOf(pools).total;
  if (target > total) Grow(pools, bounds, target - total);
  if (target < total) ShrinkBy(pools, total - target);
  return pools;
}

int UnitsNeeded(const WorkLoad& load, int otherwise) {
  if (load.cores <= 0 || load.units <= 0) return otherwise;
  const int64_t cores = int64_t{load.cores_used} + load.cores_wanted;
  const int64_t units = (cores * load.units + load.cores - 1) / load.cores;
  return static_cast<int>(std::min<int64_t>(units, kMostUnits));
}

}  // namespace ember
