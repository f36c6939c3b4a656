#include "lifecycle/plan.h"

#include <algorithm>

#include "lifecycle/stack_parts.h"

namespace ember {
namespace {

// Stands for a cluster that is not there yet, in a change set that is never executed.
constexpr const char* kNoCluster = "j-0000000000000";

UsdRange MonthOf(const EmrCluster& cluster, const EmrFacts& facts) {
  return EstimateEmrCost(cluster, facts).month;
}

}  // namespace

bool EmrPlan::has_changes() const {
  return starts_cluster() || !differences.empty() ||
         std::any_of(stacks.begin(), stacks.end(),
                     [](const EmrStackPlan& stack) { return stack.has_changes(); });
}

std::vector<std::string> EmrPlan::NewClusterKeys() const {
  std::vector<std::string> keys;
  for (const EmrDifference& difference : differences) {
    if (difference.needs_new_cluster()) keys.push_back(difference.key);
  }
  return keys;
}

UsdRange EmrNetworkMonth(const EmrCluster& cluster, const EmrFacts& facts) {
  UsdRange hour;
  for (const EmrCostRow& row : EstimateEmrCost(cluster, facts).hourly) {
    if (row.role == "network") hour += row.start;
  }
  return hour * facts.Get(EmrNumber::kHoursPerMonth);
}

Result<EmrPlan> PlanEmrCluster(const EmrWorld& world, const EmrCluster& cluster) {
  EmrPlan plan;
  plan.name = cluster.name;
  plan.region = world.api.region();
  plan.month_after = MonthOf(cluster, world.facts);
  ASSIGN_OR_RETURN(plan.running, FindEmrCluster(world.api, cluster.name, world.stop));
  ASSIGN_OR_RETURN(const auto ground, EmrGroundStack(cluster, world.facts));
  std::map<std::string, std::string> outputs;
  if (ground) {
    ASSIGN_OR_RETURN(EmrStackPlan stack, PlanEmrStack(world, *ground));
    outputs = stack.outputs;
    if (!stack.status.empty()) plan.month_before = EmrNetworkMonth(cluster, world.facts);
    plan.stacks.push_back(std::move(stack));
  }
  if (!plan.starts_cluster()) {
    ASSIGN_OR_RETURN(const RunningShape shape, DescribeEmrShape(world, *plan.running));
    ASSIGN_OR_RETURN(plan.differences,
                     CompareEmrCluster(world, cluster, EmrGroundOf(cluster, outputs), shape));
    for (const EmrStackPlan& stack : plan.stacks) {
      for (EmrDifference& difference : ReplacedGround(stack))
        plan.differences.push_back(std::move(difference));
    }
    plan.month_before = MonthOf(EmrClusterAsItRuns(cluster, shape), world.facts);
  }
  const std::string id = plan.starts_cluster() ? kNoCluster : plan.running->id;
  ASSIGN_OR_RETURN(const auto watch, EmrWatchStack(cluster, world.facts, id, outputs));
  if (watch) {
    ASSIGN_OR_RETURN(EmrStackPlan stack, PlanEmrStack(world, *watch));
    plan.stacks.push_back(std::move(stack));
  }
  return plan;
}

}  // namespace ember
