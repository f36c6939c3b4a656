// The nodes of a cluster: started, made workers of Spark, taken away by a resize or by spot.
#include <fmt/format.h>

#include <algorithm>

#include "emulator/cluster_lifecycle.h"

namespace ember {
namespace {

constexpr double kProvisioningS = 90;
constexpr double kBootstrappingS = 60;
constexpr double kDecommissionS = 120;  // what a node that is too many gets to finish its tasks
constexpr double kSpotNoticeS = 120;
// How long a group waits for on-demand nodes before the cluster is given up.
constexpr double kCapacityTimeoutS = 600;

AwsJson EventOf(const EmulatedInstance& instance) {
  return {{"instance", instance.ec2_id},
          {"role", NodeRoleText(instance.role)},
          {"type", instance.type},
          {"market", instance.is_spot ? "SPOT" : "ON_DEMAND"}};
}

void Launch(ClusterRecord& cluster, NodePool& pool, const PoolType& type, bool is_spot,
            const ClusterWorldView& world) {
  EmulatedInstance instance;
  instance.id = world.new_id("ci-");
  instance.ec2_id = world.new_id("i-");
  instance.pool_id = pool.id;
  instance.role = pool.role;
  instance.type = type.name;
  instance.weight = type.weight;
  instance.vcpu = type.vcpu;
  instance.is_spot = is_spot;
  instance.number = static_cast<int>(cluster.instances.size()) + 10;
  instance.times.created_us = world.now_us;
  instance.next_us = world.After(kProvisioningS);
  world.journal->Add(world.now_us, "node_launched", cluster.id, EventOf(instance));
  cluster.instances.push_back(std::move(instance));
}

// The first of the pool's types that is to be had.
const PoolType* TypeToBuy(const NodePool& pool, bool is_spot, const ClusterWorldView& world) {
  for (const PoolType& type : pool.types) {
    if (world.HasCapacity(type.name, is_spot)) return &type;
  }
  return nullptr;
}

// Whether all units of a market are there or on their way.
bool Buy(ClusterRecord& cluster, NodePool& pool, bool is_spot, const ClusterWorldView& world) {
  const int target = is_spot ? pool.spot_target : pool.on_demand_target;
  int units = LiveUnits(cluster, pool, is_spot);
  while (units < target) {
    const PoolType* type = TypeToBuy(pool, is_spot, world);
    if (type == nullptr) return false;
    Launch(cluster, pool, *type, is_spot, world);
    units += type->weight;
  }
  return true;
}

bool IsOver(int64_t since_us, double seconds, const ClusterWorldView& world) {
  return static_cast<double>(world.now_us - since_us) * world.speed >= seconds * 1e6;
}

void GiveUp(ClusterRecord& cluster, const NodePool& pool, const std::string& code,
            const ClusterWorldView& world) {
  world.journal->Add(world.now_us, "capacity_missing", cluster.id, {{"pool", pool.id}});
  TerminateCluster(cluster,
                   {code,
                    fmt::format("Failed to provision {} instances: insufficient capacity for {}",
                                NodeRoleText(pool.role), pool.types.front().name),
                    true},
                   world);
}

// What EMR does when capacity is not to be had: the action of the spot time-out counts for a
// cluster that starts; later the request stands until there is capacity.
void WaitForCapacity(ClusterRecord& cluster, NodePool& pool, bool is_spot,
                     const ClusterWorldView& world) {
  int64_t& since = is_spot ? pool.spot_missing_since_us : pool.on_demand_missing_since_us;
  if (since == 0) {
    since = world.now_us;
    world.journal->Add(world.now_us, "capacity_awaited", cluster.id,
                       {{"pool", pool.id}, {"market", is_spot ? "SPOT" : "ON_DEMAND"}});
  }
  if (is_spot && pool.is_fleet) {
    const bool is_new = pool.times.ready_us == 0 || !cluster.is_ready();
    if (!is_new || pool.spot_timeout_s == 0 ||
        !IsOver(since, static_cast<double>(pool.spot_timeout_s), world)) {
      return;
    }
    if (!pool.switches_to_on_demand) {
      GiveUp(cluster, pool, "INSTANCE_FLEET_TIMEOUT", world);
      return;
    }
    const int missing = pool.spot_target - LiveUnits(cluster, pool, true);
    pool.spot_target -= missing;
    pool.on_demand_target += missing;
    since = 0;
    world.journal->Add(world.now_us, "switched_to_on_demand", cluster.id,
                       {{"pool", pool.id}, {"units", missing}});
    return;
  }
  if (!cluster.is_ready() && pool.role != NodeRole::kTask &&
      IsOver(since, kCapacityTimeoutS, world))
    GiveUp(cluster, pool, "VALIDATION_ERROR", world);
}

void TakeAway(ClusterRecord& cluster, EmulatedInstance& instance, const ClusterWorldView& world) {
  world.journal->Add(world.now_us, "node_leaving", cluster.id, EventOf(instance));
  if (!instance.is_worker) {
    EndInstance(instance, {.name = "TERMINATED"}, world.now_us);
    return;
  }
  instance.gone_at_us = world.After(kDecommissionS);
  cluster.commands.push_back(DecommissionCommand{instance.ec2_id});
}

// Nodes above the target go: those that do not work yet first, then the newest.
void Shrink(ClusterRecord& cluster, NodePool& pool, bool is_spot, const ClusterWorldView& world) {
  const int target = is_spot ? pool.spot_target : pool.on_demand_target;
  int units = LiveUnits(cluster, pool, is_spot);
  for (const bool is_running : {false, true}) {
    for (auto at = cluster.instances.rbegin(); at != cluster.instances.rend(); ++at) {
      if (at->pool_id != pool.id || at->is_spot != is_spot || !at->counts() || at->is_lost ||
          (at->state.name == "RUNNING") != is_running || units - at->weight < target) {
        continue;
      }
      units -= at->weight;
      TakeAway(cluster, *at, world);
    }
  }
}

void UpdatePool(const ClusterRecord& cluster, NodePool& pool, const ClusterWorldView& world) {
  const int running = RunningUnits(cluster, pool, false) + RunningUnits(cluster, pool, true);
  if (pool.times.ready_us == 0) {
    if (running >= pool.target() && cluster.spark == ClusterRecord::Spark::kRunning) {
      pool.times.ready_us = world.now_us;
      pool.state.name = "RUNNING";
    } else if (cluster.state.name == "BOOTSTRAPPING") {
      pool.state.name = "BOOTSTRAPPING";
    }
    return;
  }
  pool.state.name = running == pool.target() ? "RUNNING" : "RESIZING";
}

void MakeWorker(ClusterRecord& cluster, EmulatedInstance& instance, const ClusterWorldView& world) {
  instance.is_worker = true;
  const int cores = std::max(1, world.node_cores * instance.vcpu / 4);
  cluster.commands.push_back(
      AddNodeCommand{{instance.ec2_id, cores, world.node_memory_mb * cores / world.node_cores}});
}

void Remove(ClusterRecord& cluster, EmulatedInstance& instance, const ClusterWorldView& world) {
  if (instance.is_worker) cluster.commands.push_back(RemoveNodeCommand{instance.ec2_id});
  if (instance.is_lost) {
    world.journal->Add(world.now_us, "spot_lost", cluster.id, EventOf(instance));
    EndInstance(instance,
                {"TERMINATED", "INSTANCE_FAILURE", "Instance was terminated: spot interruption"},
                world.now_us);
    return;
  }
  world.journal->Add(world.now_us, "node_removed", cluster.id, EventOf(instance));
  EndInstance(instance, {.name = "TERMINATED", .reason = "Removed by a resize"}, world.now_us);
}

}  // namespace

int LiveUnits(const ClusterRecord& cluster, const NodePool& pool, bool is_spot) {
  int units = 0;
  for (const EmulatedInstance& instance : cluster.instances) {
    if (instance.pool_id == pool.id && instance.is_spot == is_spot && instance.counts())
      units += instance.weight;
  }
  return units;
}

int RunningUnits(const ClusterRecord& cluster, const NodePool& pool, bool is_spot) {
  int units = 0;
  for (const EmulatedInstance& instance : cluster.instances) {
    if (instance.pool_id == pool.id && instance.is_spot == is_spot &&
        instance.state.name == "RUNNING") {
      units += instance.weight;
    }
  }
  return units;
}

void EndInstance(EmulatedInstance& instance, EmulatedState reason, int64_t now_us) {
  instance.state = std::move(reason);
  instance.times.ended_us = now_us;
  instance.gone_at_us = 0;
}

void FillPools(ClusterRecord& cluster, const ClusterWorldView& world) {
  for (NodePool& pool : cluster.pools) {
    for (const bool is_spot : {false, true}) {
      if (cluster.is_ending()) return;
      if (Buy(cluster, pool, is_spot, world)) {
        (is_spot ? pool.spot_missing_since_us : pool.on_demand_missing_since_us) = 0;
      } else {
        WaitForCapacity(cluster, pool, is_spot, world);
      }
      Shrink(cluster, pool, is_spot, world);
    }
  }
}

void AdvanceInstances(ClusterRecord& cluster, const ClusterWorldView& world) {
  const bool has_spark = cluster.spark == ClusterRecord::Spark::kRunning;
  for (EmulatedInstance& instance : cluster.instances) {
    if (!instance.is_live()) continue;
    if (instance.gone_at_us != 0 && world.now_us >= instance.gone_at_us) {
      Remove(cluster, instance, world);
      continue;
    }
    if (instance.state.name == "PROVISIONING" && world.now_us >= instance.next_us) {
      instance.state.name = "BOOTSTRAPPING";
      instance.next_us = world.After(kBootstrappingS);
    }
    if (instance.state.name != "BOOTSTRAPPING" || !has_spark) continue;
    const bool is_master = instance.role == NodeRole::kMaster;
    if (!is_master && !instance.is_worker) MakeWorker(cluster, instance, world);
    if (world.now_us < instance.next_us || !(is_master || instance.has_registered)) continue;
    instance.state.name = "RUNNING";
    instance.times.ready_us = world.now_us;
    world.journal->Add(world.now_us, "node_added", cluster.id, EventOf(instance));
  }
  for (NodePool& pool : cluster.pools) UpdatePool(cluster, pool, world);
}

int LoseSpotNodes(ClusterRecord& cluster, int count, const ClusterWorldView& world) {
  int found = 0;
  for (EmulatedInstance& instance : cluster.instances) {
    if (found == count) break;
    if (!instance.is_spot || instance.role == NodeRole::kMaster ||
        instance.state.name != "RUNNING" || instance.gone_at_us != 0) {
      continue;
    }
    ++found;
    instance.is_lost = true;
    instance.gone_at_us = world.After(kSpotNoticeS);
    cluster.commands.push_back(DecommissionCommand{instance.ec2_id});
    world.journal->Add(world.now_us, "spot_notice", cluster.id, EventOf(instance));
  }
  return found;
}

}  // namespace ember
