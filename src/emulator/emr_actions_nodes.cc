// Actions about instances, groups and fleets.
#include <fmt/format.h>

#include "emulator/api_fault.h"
#include "emulator/cluster_describe.h"
#include "emulator/cluster_request.h"
#include "emulator/emr_actions.h"

namespace ember {
namespace {

constexpr size_t kMaxGroups = 50;  // of a cluster: one master, one core, the rest task

Result<AwsJson> ListInstances(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(const ClusterRecord* cluster, ClusterOf(context, request));
  const bool asks_groups =
      request.contains("InstanceGroupId") || request.contains("InstanceGroupTypes");
  const bool asks_fleets =
      request.contains("InstanceFleetId") || request.contains("InstanceFleetType");
  if ((asks_groups && cluster->has_fleets) || (asks_fleets && !cluster->has_fleets)) {
    return InvalidRequestFault(fmt::format("The cluster is made of instance {}.",
                                           cluster->has_fleets ? "fleets" : "groups"));
  }
  std::vector<AwsJson> items;
  for (const EmulatedInstance& instance : cluster->instances) {
    const std::string_view role = NodeRoleText(instance.role);
    if (IsAmong(request, "InstanceGroupId", instance.pool_id) &&
        IsAmong(request, "InstanceFleetId", instance.pool_id) &&
        IsAmong(request, "InstanceGroupTypes", role) &&
        IsAmong(request, "InstanceFleetType", role) &&
        IsAmong(request, "InstanceStates", instance.state.name)) {
      items.push_back(InstanceJson(*cluster, instance));
    }
  }
  return PageOf(context, request, "Instances", std::move(items));
}

Result<AwsJson> ListInstanceGroups(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(const ClusterRecord* cluster, ClusterOf(context, request));
  if (cluster->has_fleets) {
    return InvalidRequestFault(
        "Instance fleets and instance groups are mutually exclusive. The EMR cluster specified in "
        "the request uses instance fleets. The ListInstanceGroups operation does not support "
        "clusters that use instance fleets. Use the ListInstanceFleets operation instead.");
  }
  std::vector<AwsJson> items;
  for (const NodePool& pool : cluster->pools) items.push_back(GroupJson(*cluster, pool));
  return PageOf(context, request, "InstanceGroups", std::move(items));
}

Result<AwsJson> ListInstanceFleets(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(const ClusterRecord* cluster, ClusterOf(context, request));
  if (!cluster->has_fleets) {
    return InvalidRequestFault(
        "Instance fleets and instance groups are mutually exclusive. The EMR cluster specified in "
        "the request uses instance groups. The ListInstanceFleets operation does not support "
        "clusters that use instance groups. Use the ListInstanceGroups operation instead.");
  }
  std::vector<AwsJson> items;
  for (const NodePool& pool : cluster->pools) items.push_back(FleetJson(*cluster, pool));
  return PageOf(context, request, "InstanceFleets", std::move(items));
}

void NoteResize(EmrActionContext& context, const ClusterRecord& cluster, const NodePool& pool) {
  context.world.journal->Add(
      context.world.now_us, "resized", cluster.id,
      {{"pool", pool.id}, {"onDemand", pool.on_demand_target}, {"spot", pool.spot_target}});
}

// A group may stand in any cluster: ClusterId may be left out.
Result<ClusterRecord*> ClusterOfGroup(EmrActionContext& context, const std::string& group) {
  for (ClusterRecord* cluster : context.store.All()) {
    if (cluster->FindPool(group) != nullptr) return cluster;
  }
  return ValidationFault(fmt::format("Instance group id '{}' is not valid.", group));
}

Result<AwsJson> ModifyInstanceGroups(EmrActionContext& context, const AwsJson& request) {
  struct Change {
    ClusterRecord* cluster;
    NodePool* pool;
    int count;
  };
  std::vector<Change> changes;
  for (const AwsJson& config : request.value("InstanceGroups", AwsJson::array())) {
    const std::string id = config["InstanceGroupId"];
    ASSIGN_OR_RETURN(ClusterRecord * cluster, ClusterOfGroup(context, id));
    if (request.contains("ClusterId") && request["ClusterId"] != cluster->id)
      return ValidationFault(fmt::format("Instance group id '{}' is not valid.", id));
    if (cluster->is_ending()) {
      return ValidationFault(
          "A job flow that is shutting down, terminated, or finished may not be modified.");
    }
    NodePool* pool = cluster->FindPool(id);
    if (pool->is_fleet)
      return ValidationFault("Instance fleets are changed by ModifyInstanceFleet.");
    if (pool->role == NodeRole::kMaster)
      return ValidationFault("The master instance group cannot be resized.");
    if (config.contains("EC2InstanceIdsToTerminate") || config.contains("Configurations")) {
      return ApiFault("UnsupportedOperationException",
                      "The emulator resizes groups by InstanceCount only.");
    }
    if (!config.contains("InstanceCount")) continue;
    const int count = config["InstanceCount"];
    if (count < (pool->role == NodeRole::kCore ? 1 : 0))
      return ValidationFault("The instance count is too small for the group.");
    changes.push_back({cluster, pool, count});
  }
  for (const Change& change : changes) {
    NodePool& pool = *change.pool;
    (pool.spot_market ? pool.spot_target : pool.on_demand_target) = change.count;
    NoteResize(context, *change.cluster, pool);
  }
  return AwsJson::object();
}

Result<AwsJson> ModifyInstanceFleet(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(ClusterRecord * cluster, ClusterOf(context, request));
  const AwsJson& config = request["InstanceFleet"];
  NodePool* pool = cluster->FindPool(config["InstanceFleetId"]);
  if (pool == nullptr || !pool->is_fleet)
    return InvalidRequestFault("The instance fleet id is not valid.");
  if (cluster->is_ending()) return InvalidRequestFault("The cluster is shutting down or ended.");
  if (pool->role == NodeRole::kMaster)
    return InvalidRequestFault("The master instance fleet cannot be resized.");
  if (config.contains("InstanceTypeConfigs")) {
    return ApiFault("UnsupportedOperationException",
                    "The emulator changes the capacities of fleets only.");
  }
  const int on_demand = config.value("TargetOnDemandCapacity", pool->on_demand_target);
  const int spot = config.value("TargetSpotCapacity", pool->spot_target);
  if (pool->role == NodeRole::kCore && on_demand + spot < 1)
    return InvalidRequestFault("The core fleet must have a target capacity of at least one.");
  pool->on_demand_target = on_demand;
  pool->spot_target = spot;
  NoteResize(context, *cluster, *pool);
  return AwsJson::object();
}

Status CheckNewPool(const ClusterRecord& cluster, const NodePool& pool) {
  if (cluster.has_fleets != pool.is_fleet) {
    return ValidationFault(
        "Instance fleets and instance groups are mutually exclusive within a cluster.");
  }
  for (const NodePool& other : cluster.pools) {
    if (other.role == pool.role && (pool.is_fleet || pool.role != NodeRole::kTask)) {
      return ValidationFault(fmt::format("The cluster has a {} instance {} already.",
                                         NodeRoleText(pool.role),
                                         pool.is_fleet ? "fleet" : "group"));
    }
  }
  return {};
}

Result<AwsJson> AddInstanceFleet(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(ClusterRecord * cluster, LiveClusterOf(context, request, "ClusterId"));
  ASSIGN_OR_RETURN(NodePool pool, MakeFleet(request["InstanceFleet"], context.world));
  RETURN_IF_ERROR(CheckNewPool(*cluster, pool));
  const std::string id = pool.id;
  cluster->pools.push_back(std::move(pool));
  return AwsJson{
      {"ClusterId", cluster->id}, {"InstanceFleetId", id}, {"ClusterArn", ClusterArn(*cluster)}};
}

Result<AwsJson> AddInstanceGroups(EmrActionContext& context, const AwsJson& request) {
  ASSIGN_OR_RETURN(ClusterRecord * cluster, LiveClusterOf(context, request, "JobFlowId"));
  std::vector<NodePool> pools;
  for (const AwsJson& config : request["InstanceGroups"]) {
    ASSIGN_OR_RETURN(NodePool pool, MakeGroup(config, context.world));
    RETURN_IF_ERROR(CheckNewPool(*cluster, pool));
    pools.push_back(std::move(pool));
  }
  if (cluster->pools.size() + pools.size() > kMaxGroups)
    return ValidationFault("A cluster can have at most 48 task instance groups.");
  AwsJson ids = AwsJson::array();
  for (NodePool& pool : pools) {
    ids.push_back(pool.id);
    cluster->pools.push_back(std::move(pool));
  }
  return AwsJson{
      {"JobFlowId", cluster->id}, {"InstanceGroupIds", ids}, {"ClusterArn", ClusterArn(*cluster)}};
}

}  // namespace

std::vector<EmrActionRow> NodeActions() {
  return {{"ListInstances", ListInstances},
          {"ListInstanceGroups", ListInstanceGroups},
          {"ListInstanceFleets", ListInstanceFleets},
          {"ModifyInstanceGroups", ModifyInstanceGroups},
          {"ModifyInstanceFleet", ModifyInstanceFleet},
          {"AddInstanceFleet", AddInstanceFleet},
          {"AddInstanceGroups", AddInstanceGroups}};
}

}  // namespace ember
