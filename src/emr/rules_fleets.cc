// Rules on groups and fleets: what belongs to which.
#include <fmt/format.h>

#include <array>

#include "emr/nodes.h"
#include "emr/validate.h"

namespace ember {
namespace {

constexpr auto kError = EmrSeverity::kError;
constexpr auto kWarning = EmrSeverity::kWarning;
constexpr auto kDocs = EmrSource::kDocumentation;
constexpr auto kMemory = EmrSource::kMemory;

void CheckTypesInGroups(EmrRuleContext& context) {
  if (context.cluster.HasFleets()) return;
  for (const EmrRole& role : EmrRoleNodes(context.cluster)) {
    if (role.nodes->types.size() > 1) {
      context.Find(role.path + ".types",
                   fmt::format("{} instance types in a group", role.nodes->types.size()));
    }
  }
}

// Keys that only groups or only fleets have.
void CheckKeys(EmrRuleContext& context, bool are_for_fleets,
               std::span<const std::string_view> keys) {
  if (context.cluster.HasFleets() == are_for_fleets) return;
  for (const EmrRole& role : EmrRoleNodes(context.cluster)) {
    for (const std::string_view key : keys) {
      const std::string path = fmt::format("{}.{}", role.path, key);
      if (context.cluster.IsSet(path))
        context.Find(path, fmt::format("'{}' with instances: {}", key, context.cluster.instances));
    }
  }
}

constexpr auto kFleetKeys = std::to_array<std::string_view>(
    {"on_demand_units", "spot_units", "spot_strategy", "on_demand_strategy", "spot_timeout_minutes",
     "spot_timeout_action", "bid_percent"});
constexpr auto kGroupKeys = std::to_array<std::string_view>({"count", "market"});
void CheckFleetKeys(EmrRuleContext& context) { CheckKeys(context, true, kFleetKeys); }
void CheckGroupKeys(EmrRuleContext& context) { CheckKeys(context, false, kGroupKeys); }

void CheckWeightsInGroups(EmrRuleContext& context) {
  if (context.cluster.HasFleets()) return;
  for (const EmrRole& role : EmrRoleNodes(context.cluster)) {
    for (const EmrInstanceType& type : role.nodes->types) {
      if (type.has_weight && role.nodes->types.size() == 1)
        context.Find(type.path, fmt::format("'{}' has a weight in a group", type.name));
    }
  }
}

void CheckWeightRange(EmrRuleContext& context) {
  const int limit = static_cast<int>(context.facts.Get(EmrNumber::kWeightMax));
  for (const EmrRole& role : EmrRoleNodes(context.cluster)) {
    for (const EmrInstanceType& type : role.nodes->types) {
      if (type.weight < 1 || type.weight > limit)
        context.Find(type.path, fmt::format("a weight of {}", type.weight));
    }
  }
}

void CheckMasterWeight(EmrRuleContext& context) {
  if (!context.cluster.HasFleets()) return;
  for (const EmrInstanceType& type : context.cluster.master.types) {
    if (type.weight > 1) context.Find(type.path, "a weight in the master's fleet");
  }
}

void CheckFleetTypes(EmrRuleContext& context) {
  if (!context.cluster.HasFleets()) return;
  const EmrFacts& facts = context.facts;
  for (const EmrRole& role : EmrRoleNodes(context.cluster)) {
    const bool has_strategy =
        !role.nodes->spot_strategy.empty() || !role.nodes->on_demand_strategy.empty();
    const auto limit = static_cast<size_t>(
        facts.Get(has_strategy ? EmrNumber::kFleetTypesWithStrategy : EmrNumber::kFleetTypes));
    if (role.nodes->types.size() > limit) {
      context.Find(role.path + ".types",
                   fmt::format("{} types in a fleet {} a strategy", role.nodes->types.size(),
                               has_strategy ? "with" : "without"));
    }
  }
}

void CheckMasterFleet(EmrRuleContext& context) {
  const int units = EmrStartUnits(context.cluster, context.cluster.master);
  if (context.cluster.HasFleets() && units != 1)
    context.Find("master", fmt::format("the master's fleet has {} units", units));
}

void CheckTaskFleet(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  if (cluster.HasFleets() && cluster.task && cluster.scaling &&
      EmrStartUnits(cluster, *cluster.task) == 0) {
    context.Find("task", "the task nodes' fleet has no units");
  }
}

void CheckSpotTimeout(EmrRuleContext& context) {
  const EmrFacts& facts = context.facts;
  for (const EmrRole& role : EmrRoleNodes(context.cluster)) {
    const int minutes = role.nodes->spot_timeout_minutes;
    if (minutes < facts.Get(EmrNumber::kSpotTimeoutMin) ||
        minutes > facts.Get(EmrNumber::kSpotTimeoutMax)) {
      context.Find(role.path + ".spot_timeout_minutes", fmt::format("{} minutes", minutes));
    }
  }
}

void CheckTaskTimeoutEnds(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  if (cluster.HasFleets() && cluster.task &&
      cluster.task->spot_timeout_action == "terminate_cluster") {
    context.Find("task.spot_timeout_action", "the cluster ends when task nodes cannot be had");
  }
}

void CheckWeightSteps(EmrRuleContext& context) {
  if (!context.cluster.HasFleets()) return;
  for (const EmrRole& role : EmrRoleNodes(context.cluster)) {
    if (role.path == "master") continue;
    const int units = EmrStartUnits(context.cluster, *role.nodes);
    for (const EmrInstanceType& type : role.nodes->types) {
      if (units > 0 && type.weight > units) {
        context.Find(type.path, fmt::format("one {} counts {} of {} units that are wanted",
                                            type.name, type.weight, units));
      }
    }
  }
}

void CheckPrioritized(EmrRuleContext& context) {
  for (const EmrRole& role : EmrRoleNodes(context.cluster)) {
    if (role.nodes->types.size() == 1 &&
        (role.nodes->spot_strategy == "diversified" ||
         role.nodes->spot_strategy == "capacity-optimized-prioritized")) {
      context.Find(role.path + ".spot_strategy",
                   fmt::format("'{}' over one type", role.nodes->spot_strategy));
    }
  }
}

constexpr auto kRules = std::to_array<EmrRule>({
    {"types-in-group", kError, "A group has one instance type; only fleets choose among several.",
     "Set instances: fleets, or name one type.", kDocs, CheckTypesInGroups},
    {"fleet-key-in-groups", kError, "The key belongs to fleets; groups have count and market.",
     "Set instances: fleets, or write count and market.", kDocs, CheckFleetKeys},
    {"group-key-in-fleets", kError, "The key belongs to groups; fleets have units.",
     "Write on_demand_units and spot_units, or set instances: groups.", kDocs, CheckGroupKeys},
    {"weight-in-group", kError, "Only fleets weigh their types.",
     "Set instances: fleets, or write the type without a weight.", kDocs, CheckWeightsInGroups},
    {"weight-range", kError, "A type counts from 1 to 999 units.", "Write 1 to 999.", kMemory,
     CheckWeightRange},
    {"master-weight", kError, "The master's fleet is one node; its types have no weight.",
     "Write the types as a list.", kMemory, CheckMasterWeight},
    {"weight-above-target", kWarning,
     "One node of a type that counts more than the target overshoots it, and is paid in full.",
     "Raise the units, or remove the large type.", EmrSource::kEmber, CheckWeightSteps},
    {"fleet-types", kError,
     "A fleet has at most 5 types, and 30 through the API with an allocation strategy.",
     "Name fewer types, or set spot_strategy or on_demand_strategy.", kDocs, CheckFleetTypes},
    {"master-fleet-units", kError, "The master's fleet has one unit, on demand.",
     "Set master.on_demand_units: 1.", kDocs, CheckMasterFleet},
    {"task-fleet-units", kError,
     "EMR starts no fleet without units; scaling adds to what there is.",
     "Set task.spot_units: 1 at least.", kDocs, CheckTaskFleet},
    {"spot-timeout", kError, "A fleet waits from 5 to 1440 minutes for spot.", "Write 5 to 1440.",
     kDocs, CheckSpotTimeout},
    {"spot-timeout-ends-cluster", kWarning,
     "Task nodes only add speed; ending the cluster for want of them costs the whole run.",
     "Set spot_timeout_action: switch_to_on_demand.", EmrSource::kEmber, CheckTaskTimeoutEnds},
    {"strategy-needs-types", kWarning, "The strategy chooses among types, and there is one.",
     "Add types, or take price-capacity-optimized.", EmrSource::kEmber, CheckPrioritized},
});

}  // namespace

std::span<const EmrRule> EmrFleetRules() { return kRules; }

}  // namespace ember
