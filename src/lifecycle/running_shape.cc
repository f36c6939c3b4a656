#include "lifecycle/running_shape.h"

#include <fmt/format.h>

#include <algorithm>

#include "emr/nodes.h"
#include "lifecycle/answer.h"

namespace ember {
namespace {

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

int Number(const AwsJson& json, std::string_view member) {
  return static_cast<int>(AwsInteger(json, member).value_or(0));
}

void ReadVolumes(const AwsJson& json, RunningNodes& nodes) {
  for (const AwsJson& device : AwsList(json, "EbsBlockDevices")) {
    const AwsJson& volume = AwsStructure(device, "VolumeSpecification");
    nodes.volume_gb += Number(volume, "SizeInGB");
    nodes.volumes.push_back(
        fmt::format("{} {} GB", AwsText(volume, "VolumeType"), Number(volume, "SizeInGB")));
  }
  std::sort(nodes.volumes.begin(), nodes.volumes.end());
}

RunningNodes ReadNodes(const AwsJson& json, std::string_view role_member) {
  const AwsJson& status = AwsStructure(json, "Status");
  RunningNodes nodes;
  nodes.id = AwsText(json, "Id");
  nodes.role = Lower(AwsText(json, role_member));
  nodes.state = AwsText(status, "State");
  nodes.reason = AwsText(AwsStructure(status, "StateChangeReason"), "Message");
  return nodes;
}

RunningNodes ReadGroup(const AwsJson& json) {
  RunningNodes nodes = ReadNodes(json, "InstanceGroupType");
  nodes.market = AwsText(json, "Market") == "SPOT" ? "spot" : "on_demand";
  nodes.types = {{.name = AwsText(json, "InstanceType")}};
  nodes.requested = Number(json, "RequestedInstanceCount");
  nodes.running = Number(json, "RunningInstanceCount");
  ReadVolumes(json, nodes);
  return nodes;
}

RunningNodes ReadFleet(const AwsJson& json) {
  RunningNodes nodes = ReadNodes(json, "InstanceFleetType");
  nodes.on_demand_units = Number(json, "TargetOnDemandCapacity");
  nodes.spot_units = Number(json, "TargetSpotCapacity");
  nodes.running_on_demand_units = Number(json, "ProvisionedOnDemandCapacity");
  nodes.running_spot_units = Number(json, "ProvisionedSpotCapacity");
  const AwsJson& types = AwsList(json, "InstanceTypeSpecifications");
  for (const AwsJson& type : types) {
    nodes.types.push_back(
        {.name = AwsText(type, "InstanceType"),
         .weight = static_cast<int>(AwsInteger(type, "WeightedCapacity").value_or(1))});
  }
  if (!types.empty()) ReadVolumes(types.front(), nodes);
  return nodes;
}

EmrNodes NodesAsTheyRun(EmrNodes nodes, const RunningNodes& running, bool has_fleets) {
  nodes.types = running.types;
  if (has_fleets) {
    nodes.on_demand_units = running.on_demand_units;
    nodes.spot_units = running.spot_units;
  } else {
    nodes.count = running.requested;
    nodes.market = running.market;
  }
  return nodes;
}

}  // namespace

const RunningNodes* RunningShape::Find(const std::string& role) const {
  const auto found = std::find_if(nodes.begin(), nodes.end(),
                                  [&](const RunningNodes& one) { return one.role == role; });
  return found == nodes.end() ? nullptr : &*found;
}

Result<RunningShape> DescribeEmrShape(const EmrWorld& world, RunningCluster cluster) {
  RunningShape shape;
  const AwsJson id = {{"ClusterId", cluster.id}};
  AwsApiCall call;
  call.action = cluster.has_fleets ? "ListInstanceFleets" : "ListInstanceGroups";
  call.request = id;
  call.stop = world.stop;
  ASSIGN_OR_RETURN(
      const AwsJson listed,
      ListAws(world.api, call, {cluster.has_fleets ? "InstanceFleets" : "InstanceGroups"}));
  for (const AwsJson& json : listed)
    shape.nodes.push_back(cluster.has_fleets ? ReadFleet(json) : ReadGroup(json));
  if (!cluster.is_live()) {  // its policies ended with it
    shape.cluster = std::move(cluster);
    return shape;
  }
  ASSIGN_OR_RETURN(const AwsJson scaling, world.AskEmr("GetManagedScalingPolicy", id));
  const AwsJson& limits = AwsPath(scaling, {"ManagedScalingPolicy", "ComputeLimits"});
  if (!limits.empty()) shape.limits = limits;
  ASSIGN_OR_RETURN(const AwsJson idle, world.AskEmr("GetAutoTerminationPolicy", id));
  shape.idle_seconds =
      AwsInteger(AwsStructure(idle, "AutoTerminationPolicy"), "IdleTimeout").value_or(0);
  shape.cluster = std::move(cluster);
  return shape;
}

EmrCluster EmrClusterAsItRuns(EmrCluster file, const RunningShape& shape) {
  const bool has_fleets = shape.cluster.has_fleets;
  file.instances = has_fleets ? "fleets" : "groups";
  if (const RunningNodes* master = shape.Find("master"))
    file.master = NodesAsTheyRun(file.master, *master, has_fleets);
  if (const RunningNodes* core = shape.Find("core"))
    file.core = NodesAsTheyRun(file.core, *core, has_fleets);
  const RunningNodes* task = shape.Find("task");
  if (task != nullptr) {
    file.task = NodesAsTheyRun(file.task.value_or(EmrNodes{}), *task, has_fleets);
  } else {
    file.task.reset();
  }
  file.scaling.reset();
  if (!shape.limits.is_null()) {
    const std::string unit = AwsText(shape.limits, "UnitType");
    EmrScaling scaling;
    scaling.unit = unit == "VCPU" ? "vcpu" : unit == "Instances" ? "instances" : "fleet_units";
    scaling.min = Number(shape.limits, "MinimumCapacityUnits");
    scaling.max = Number(shape.limits, "MaximumCapacityUnits");
    // EMR's defaults, where it does not say them.
    const auto or_max = [&](std::string_view member) {
      return static_cast<int>(AwsInteger(shape.limits, member).value_or(scaling.max));
    };
    scaling.max_core = or_max("MaximumCoreCapacityUnits");
    scaling.max_on_demand = or_max("MaximumOnDemandCapacityUnits");
    file.positions.try_emplace("scaling.max_core");
    file.positions.try_emplace("scaling.max_on_demand");
    file.scaling = scaling;
  }
  return file;
}

}  // namespace ember
