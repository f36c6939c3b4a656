// Managed scaling of a cluster: when to decide, and what a decision changes.
#include <algorithm>

#include "emulator/cluster_lifecycle.h"
#include "emulator/scaling_decision.h"

namespace ember {
namespace {

constexpr double kDecideEveryS = 10;
constexpr double kSurplusS = 300;  // how long there is too much before it is given back

// How many of the policy's units a unit of the pool's target is: a group and the unit Instances
// count nodes, VCPU counts processors, InstanceFleetUnits the fleet's own weights.
int UnitSize(const NodePool& pool, const ScalingLimits& limits) {
  if (limits.unit != "VCPU") return 1;
  const PoolType& type = pool.types.front();
  return std::max(1, type.vcpu / std::max(1, type.weight));
}

struct Scale {
  std::vector<ScalablePool> pools;
  std::vector<int> sizes;
};

Scale ScaleOf(const ClusterRecord& cluster) {
  Scale scale;
  for (const NodePool& pool : cluster.pools) {
    if (pool.role == NodeRole::kMaster) continue;
    const int size = UnitSize(pool, *cluster.scaling);
    scale.sizes.push_back(size);
    scale.pools.push_back({pool.id, pool.role == NodeRole::kCore, pool.TakesOnDemand(),
                           pool.TakesSpot(), pool.on_demand_target * size,
                           pool.spot_target * size});
  }
  return scale;
}

// Units of the policy whose nodes make up the cores that Spark has.
int RunningPolicyUnits(const ClusterRecord& cluster) {
  int units = 0;
  for (const NodePool& pool : cluster.pools) {
    if (pool.role == NodeRole::kMaster) continue;
    units += (RunningUnits(cluster, pool, false) + RunningUnits(cluster, pool, true)) *
             UnitSize(pool, *cluster.scaling);
  }
  return units;
}

AwsJson Targets(const std::vector<ScalablePool>& pools) {
  AwsJson list = AwsJson::array();
  for (const ScalablePool& pool : pools) {
    list.push_back({{"pool", pool.id},
                    {"role", pool.is_core ? "CORE" : "TASK"},
                    {"onDemand", pool.on_demand},
                    {"spot", pool.spot}});
  }
  return list;
}

void Apply(ClusterRecord& cluster, const Scale& scale, const std::vector<ScalablePool>& wanted) {
  for (size_t i = 0; i < wanted.size(); ++i) {
    NodePool* pool = cluster.FindPool(wanted[i].id);
    const int size = scale.sizes[i];
    pool->on_demand_target = (wanted[i].on_demand + size - 1) / size;
    pool->spot_target = (wanted[i].spot + size - 1) / size;
  }
}

}  // namespace

void ScaleCluster(ClusterRecord& cluster, const ClusterWorldView& world) {
  if (!cluster.scaling || world.now_us < cluster.next_scaling_us) return;
  cluster.next_scaling_us = world.After(kDecideEveryS);
  const ScalingLimits& limits = *cluster.scaling;
  const Scale scale = ScaleOf(cluster);
  int total = 0;
  for (const ScalablePool& pool : scale.pools) total += pool.on_demand + pool.spot;
  const int needed = cluster.has_load
                         ? UnitsNeeded({cluster.load.cores, cluster.load.cores_used,
                                        cluster.load.cores_wanted, RunningPolicyUnits(cluster)},
                                       total)
                         : total;
  // Less is only given back when it was too much for some time, or is above the maximum.
  const bool is_surplus = needed < total && total > limits.min;
  if (!is_surplus) cluster.surplus_since_us = 0;
  if (is_surplus && cluster.surplus_since_us == 0) cluster.surplus_since_us = world.now_us;
  const bool has_waited =
      static_cast<double>(world.now_us - cluster.surplus_since_us) * world.speed >= kSurplusS * 1e6;
  if (is_surplus && !has_waited && total <= limits.max) return;
  const auto wanted = DecideScaling(
      scale.pools, {limits.min, limits.max, limits.max_on_demand, limits.max_core}, needed);
  if (wanted == scale.pools) return;
  cluster.surplus_since_us = 0;
  Apply(cluster, scale, wanted);
  int target = 0;
  for (const ScalablePool& pool : wanted) target += pool.on_demand + pool.spot;
  world.journal->Add(world.now_us, "scaled", cluster.id,
                     {{"from", total},
                      {"to", target},
                      {"coresUsed", cluster.load.cores_used},
                      {"coresWanted", cluster.load.cores_wanted},
                      {"pools", Targets(wanted)}});
}

}  // namespace ember
