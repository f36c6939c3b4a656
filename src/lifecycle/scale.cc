#include "lifecycle/scale.h"

#include <fmt/format.h>

#include <algorithm>

#include "lifecycle/answer.h"

namespace ember {
namespace {

int Limit(const AwsJson& limits, std::string_view member, int otherwise) {
  return limits.is_null() ? otherwise
                          : static_cast<int>(AwsInteger(limits, member).value_or(otherwise));
}

std::string LimitsOf(const AwsJson& limits) {
  if (limits.is_null()) return "";
  const int max = Limit(limits, "MaximumCapacityUnits", 0);
  return fmt::format(
      "{} to {}, at most {} core and {} on demand ({})", Limit(limits, "MinimumCapacityUnits", 0),
      max, Limit(limits, "MaximumCoreCapacityUnits", max),
      Limit(limits, "MaximumOnDemandCapacityUnits", max), AwsText(limits, "UnitType"));
}

Result<AwsJson> NewLimits(const RunningShape& shape, const EmrScaleRequest& request) {
  const AwsJson& old = shape.limits;
  if (old.is_null() && !(request.min && request.max)) {
    return InvalidInput(fmt::format(
        "cluster {} has no managed scaling: say --min and --max to give it one", shape.cluster.id));
  }
  const int min = request.min.value_or(Limit(old, "MinimumCapacityUnits", 1));
  const int max = request.max.value_or(Limit(old, "MaximumCapacityUnits", 1));
  // A limit that was said stays within the new maximum, unless it is said anew.
  const int max_core =
      request.max_core.value_or(std::min(Limit(old, "MaximumCoreCapacityUnits", max), max));
  const int max_on_demand = request.max_on_demand.value_or(
      std::min(Limit(old, "MaximumOnDemandCapacityUnits", max), max));
  if (min < 1 || min > max) {
    return InvalidInput(
        fmt::format("limits from {} to {}: the least is 1, and not above the most", min, max));
  }
  if (max_core < 1 || max_core > max || max_on_demand < 0 || max_on_demand > max) {
    return InvalidInput(fmt::format("{} core and {} on demand do not fit into at most {}", max_core,
                                    max_on_demand, max));
  }
  const std::string unit = old.is_null() ? "" : AwsText(old, "UnitType");
  const std::string own = shape.cluster.has_fleets ? "InstanceFleetUnits" : "Instances";
  return AwsJson{{"UnitType", unit.empty() ? own : unit},
                 {"MinimumCapacityUnits", min},
                 {"MaximumCapacityUnits", max},
                 {"MaximumOnDemandCapacityUnits", max_on_demand},
                 {"MaximumCoreCapacityUnits", max_core}};
}

Result<EmrDifference> TaskChange(const RunningShape& shape, int count) {
  const RunningNodes* task = shape.Find("task");
  if (task == nullptr) {
    return InvalidInput(
        fmt::format("cluster {} has no task nodes: write task in its file, then ember emr up",
                    shape.cluster.id));
  }
  if (count < 0) return InvalidInput("--task below 0");
  EmrDifference change;
  if (shape.cluster.has_fleets) {
    change = {"task.spot_units",
              std::to_string(task->spot_units),
              std::to_string(count),
              "ModifyInstanceFleet",
              {{"ClusterId", shape.cluster.id},
               {"InstanceFleet",
                {{"InstanceFleetId", task->id},
                 {"TargetOnDemandCapacity", task->on_demand_units},
                 {"TargetSpotCapacity", count}}}}};
  } else {
    change = {"task.count",
              std::to_string(task->requested),
              std::to_string(count),
              "ModifyInstanceGroups",
              {{"ClusterId", shape.cluster.id},
               {"InstanceGroups",
                AwsJson::array({{{"InstanceGroupId", task->id}, {"InstanceCount", count}}})}}};
  }
  return change;
}

UsdRange HourOf(const RunningShape& shape, const EmrFacts& facts) {
  const EmrCost cost = EstimateEmrCost(EmrClusterAsItRuns({}, shape), facts);
  return {cost.hour_start.low, cost.hour_max.high};
}

}  // namespace

Result<EmrScalePlan> PlanEmrScale(const EmrWorld& world, const RunningShape& shape,
                                  const EmrScaleRequest& request) {
  EmrScalePlan plan;
  RunningShape after = shape;
  if (request.min || request.max || request.max_core || request.max_on_demand) {
    ASSIGN_OR_RETURN(after.limits, NewLimits(shape, request));
    if (LimitsOf(after.limits) != LimitsOf(shape.limits)) {
      plan.changes.push_back({"scaling",
                              LimitsOf(shape.limits),
                              LimitsOf(after.limits),
                              "PutManagedScalingPolicy",
                              {{"ClusterId", shape.cluster.id},
                               {"ManagedScalingPolicy", {{"ComputeLimits", after.limits}}}}});
    }
  }
  if (request.task) {
    ASSIGN_OR_RETURN(EmrDifference change, TaskChange(shape, *request.task));
    if (change.before != change.after) plan.changes.push_back(std::move(change));
    for (RunningNodes& nodes : after.nodes) {
      if (nodes.role != "task") continue;
      (shape.cluster.has_fleets ? nodes.spot_units : nodes.requested) = *request.task;
      break;
    }
    if (!after.limits.is_null())
      plan.notes.push_back("managed scaling is on: it may change the number of task nodes again");
  }
  plan.hour_before = HourOf(shape, world.facts);
  plan.hour_after = HourOf(after, world.facts);
  return plan;
}

Status ApplyEmrChanges(const EmrWorld& world, const std::vector<EmrDifference>& changes) {
  for (const EmrDifference& change : changes) {
    AwsApiCall call;
    call.action = change.action;
    call.request = change.request;
    // Adding nodes twice would pay for them twice.
    call.is_repeatable = !change.action.starts_with("AddInstance");
    const Result<AwsJson> answer = world.api.Call(call);
    if (!answer.ok()) return WithContext(answer.error(), "changing " + change.key);
    world.Tell(fmt::format("  {}: {} -> {}", change.key,
                           change.before.empty() ? "none" : change.before,
                           change.after.empty() ? "none" : change.after));
  }
  return {};
}

}  // namespace ember
