#include "cli/emr_lifecycle_display.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "emr/nodes.h"

namespace ember {
namespace {

using Json = nlohmann::ordered_json;

std::string Usd(const UsdRange& range) {
  const auto text = [](double usd) { return fmt::format("{:.{}f}", usd, usd < 10 ? 2 : 0); };
  return text(range.low) == text(range.high) ? text(range.low)
                                             : text(range.low) + " to " + text(range.high);
}

Json RangeJson(const UsdRange& range) { return {{"low", range.low}, {"high", range.high}}; }

std::string TimeText(int64_t time_us) {
  if (time_us == 0) return "-";
  return fmt::format("{:%Y-%m-%d %H:%M:%S}",
                     fmt::gmtime(static_cast<std::time_t>(time_us / 1000000)));
}

Json TimeJson(int64_t time_us) {
  return time_us == 0 ? Json()
                      : Json(fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                                         fmt::gmtime(static_cast<std::time_t>(time_us / 1000000))));
}

std::string DurationText(int64_t duration_us) {
  const int64_t minutes = duration_us / 60000000;
  if (minutes >= 24 * 60) return fmt::format("{} d {} h", minutes / (24 * 60), minutes / 60 % 24);
  if (minutes >= 60) return fmt::format("{} h {} min", minutes / 60, minutes % 60);
  return fmt::format("{} min", minutes);
}

struct SignRow {
  std::string_view action;
  std::string_view sign;
};
constexpr auto kSigns = std::to_array<SignRow>({
    {"Add", "+"},
    {"Dynamic", "~"},
    {"Import", "="},
    {"Modify", "~"},
    {"Remove", "-"},
    {"Replace", "-/+"},
});

std::string_view SignOf(const std::string& action) {
  for (const SignRow& row : kSigns) {
    if (row.action == action) return row.sign;
  }
  return "~";
}

std::string ChangeLine(const EmrStackChange& change) {
  std::string line =
      fmt::format("  {:<3} {:<26} {:<34}", SignOf(change.action), change.resource, change.type);
  if (!change.properties.empty()) line += fmt::format(" {}", fmt::join(change.properties, ", "));
  if (change.action == "Replace") line += " (made anew)";
  if (change.may_replace) line += " (may be made anew)";
  if (change.action == "Import") line += " (is there: taken over)";
  while (line.ends_with(' ')) line.pop_back();
  return line + "\n";
}

std::string DifferenceLine(const EmrDifference& difference) {
  const std::string_view sign = difference.before.empty()  ? "+"
                                : difference.after.empty() ? "-"
                                                           : "~";
  std::string line = fmt::format("  {:<3} {}: ", sign, difference.key);
  if (difference.before.empty()) {
    line += difference.after;
  } else {
    line += difference.before + " -> " + (difference.after.empty() ? "none" : difference.after);
  }
  return line + (difference.needs_new_cluster() ? "  (needs a new cluster)\n" : "\n");
}

// "master m5.xlarge, core 2 m5.xlarge, task 1 m5.xlarge/m5a.xlarge"
std::string NodesText(const EmrCluster& cluster) {
  std::vector<std::string> parts;
  for (const EmrRole& role : EmrRoleNodes(cluster)) {
    std::vector<std::string> types;
    for (const EmrInstanceType& type : role.nodes->types) types.push_back(type.name);
    parts.push_back(fmt::format("{} {} {}", role.path,
                                std::max(EmrStartUnits(cluster, *role.nodes), 1),
                                fmt::join(types, "/")));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

struct Counts {
  int add = 0;
  int change = 0;
  int remove = 0;
};

Counts CountChanges(const EmrPlan& plan) {
  Counts counts;
  for (const EmrStackPlan& stack : plan.stacks) {
    for (const EmrStackChange& change : stack.changes) {
      counts.add += change.action == "Add" || change.action == "Replace";
      counts.remove += change.action == "Remove" || change.action == "Replace";
      counts.change +=
          change.action != "Add" && change.action != "Replace" && change.action != "Remove";
    }
  }
  counts.add += plan.starts_cluster();
  counts.change += static_cast<int>(plan.differences.size());
  return counts;
}

Json DifferenceJson(const EmrDifference& difference) {
  return {{"key", difference.key},
          {"before", difference.before},
          {"after", difference.after},
          {"needsNewCluster", difference.needs_new_cluster()},
          {"action", difference.action}};
}

}  // namespace

std::string EmrStackPlanText(const EmrStackPlan& stack) {
  std::string text =
      fmt::format("stack {}{}\n", stack.name, stack.status.empty() ? ", not there yet" : "");
  if (!stack.note.empty()) text += "  " + stack.note + "\n";
  if (!stack.has_changes()) text += "  nothing to change\n";
  for (const EmrStackChange& change : stack.changes) text += ChangeLine(change);
  return text;
}

std::string EmrPlanText(const EmrPlan& plan, const EmrCluster& cluster) {
  std::string text = fmt::format("cluster {} in {}\n", plan.name, plan.region);
  for (const EmrStackPlan& stack : plan.stacks) text += "\n" + EmrStackPlanText(stack);
  if (plan.starts_cluster()) {
    text += fmt::format("\ncluster, {}\n  +   {}: {}, {}\n",
                        plan.running ? plan.running->id + " ends at the moment" : "none runs",
                        plan.name, cluster.release, NodesText(cluster));
  } else {
    text += fmt::format("\ncluster {}, {}\n", plan.running->id, plan.running->state);
    for (const EmrDifference& difference : plan.differences) text += DifferenceLine(difference);
    if (plan.differences.empty()) text += "  nothing to change\n";
  }
  const Counts counts = CountChanges(plan);
  text += fmt::format("\n{} to add, {} to change, {} to destroy\n", counts.add, counts.change,
                      counts.remove);
  text += fmt::format("left running a month: {} $ -> {} $\n", Usd(plan.month_before),
                      Usd(plan.month_after));
  const std::vector<std::string> keys = plan.NewClusterKeys();
  if (!keys.empty()) {
    text += fmt::format("only a new cluster can have: {} (up --replace ends the one that runs)\n",
                        fmt::join(keys, ", "));
  }
  return text;
}

Json EmrStackPlanJson(const EmrStackPlan& stack) {
  Json changes = Json::array();
  for (const EmrStackChange& change : stack.changes) {
    changes.push_back({{"action", change.action},
                       {"resource", change.resource},
                       {"type", change.type},
                       {"id", change.physical_id},
                       {"properties", change.properties},
                       {"mayReplace", change.may_replace}});
  }
  return {
      {"name", stack.name}, {"status", stack.status}, {"note", stack.note}, {"changes", changes}};
}

Json EmrPlanJson(const EmrPlan& plan) {
  Json stacks = Json::array();
  for (const EmrStackPlan& stack : plan.stacks) stacks.push_back(EmrStackPlanJson(stack));
  Json differences = Json::array();
  for (const EmrDifference& difference : plan.differences)
    differences.push_back(DifferenceJson(difference));
  const Counts counts = CountChanges(plan);
  return {{"name", plan.name},
          {"region", plan.region},
          {"hasChanges", plan.has_changes()},
          {"stacks", stacks},
          {"clusterId", plan.running ? Json(plan.running->id) : Json()},
          {"clusterState", plan.running ? Json(plan.running->state) : Json()},
          {"startsCluster", plan.starts_cluster()},
          {"differences", differences},
          {"needsNewCluster", plan.NewClusterKeys()},
          {"counts", {{"add", counts.add}, {"change", counts.change}, {"destroy", counts.remove}}},
          {"monthlyUsd",
           {{"before", RangeJson(plan.month_before)}, {"after", RangeJson(plan.month_after)}}}};
}

std::string EmrDownText(const EmrDownPlan& plan, const EmrFacts& facts) {
  std::string text;
  for (const RunningCluster& cluster : plan.clusters) {
    text += fmt::format("  -   cluster {} ({}), {}{}\n", cluster.id, cluster.name, cluster.state,
                        cluster.is_protected ? ", protected against termination" : "");
  }
  if (plan.hour.high > 0)
    text += fmt::format("      it costs about {} $ an hour now\n", Usd(plan.hour));
  for (const EmrStackEnd& end : plan.stacks) {
    text += fmt::format("  -   stack {}, {}\n", end.stack.name, end.stack.status);
    for (const EmrStackChange& change : end.ends) text += "    " + ChangeLine(change);
  }
  if (!plan.note.empty()) text += plan.note + "\n";
  if (!plan.has_work()) text += "nothing is there that could be ended\n";
  std::vector<EmrKeptResource> stays;
  for (const EmrStackEnd& end : plan.stacks)
    stays.insert(stays.end(), end.stays.begin(), end.stays.end());
  return text + EmrKeptText(stays, facts);
}

std::string EmrKeptText(const std::vector<EmrKeptResource>& kept, const EmrFacts& facts) {
  if (kept.empty()) return "";
  std::string text = "what stays:\n";
  for (const EmrKeptResource& resource : kept) {
    text += fmt::format("  {:<34} {}: {}\n", resource.type, resource.physical_id,
                        EmrKeptCost(resource, facts));
  }
  return text;
}

Json EmrDownJson(const EmrDownPlan& plan) {
  Json clusters = Json::array();
  for (const RunningCluster& cluster : plan.clusters) {
    clusters.push_back(
        {{"id", cluster.id}, {"state", cluster.state}, {"protected", cluster.is_protected}});
  }
  Json stacks = Json::array();
  for (const EmrStackEnd& end : plan.stacks) {
    Json ends = Json::array();
    for (const EmrStackChange& change : end.ends) {
      ends.push_back(
          {{"resource", change.resource}, {"type", change.type}, {"id", change.physical_id}});
    }
    Json stays = Json::array();
    for (const EmrKeptResource& resource : end.stays)
      stays.push_back({{"type", resource.type}, {"id", resource.physical_id}});
    stacks.push_back(
        {{"name", end.stack.name}, {"status", end.stack.status}, {"ends", ends}, {"stays", stays}});
  }
  return {{"name", plan.name},
          {"clusters", clusters},
          {"stacks", stacks},
          {"note", plan.note},
          {"usdPerHour", RangeJson(plan.hour)}};
}

namespace {

std::string NodesLine(const RunningNodes& nodes, bool has_fleets) {
  std::vector<std::string> types;
  for (const EmrInstanceType& type : nodes.types) types.push_back(type.name);
  const std::string count =
      has_fleets ? fmt::format("{}/{} on demand, {}/{} spot units", nodes.running_on_demand_units,
                               nodes.on_demand_units, nodes.running_spot_units, nodes.spot_units)
                 : fmt::format("{}/{} {}", nodes.running, nodes.requested, nodes.market);
  return fmt::format("  {:<8}{:<40} {} {}{}\n", nodes.role,
                     fmt::format("{}", fmt::join(types, ", ")), count, nodes.state,
                     nodes.reason.empty() ? "" : ": " + nodes.reason);
}

std::string LimitsLine(const RunningShape& shape) {
  std::string text = "  scaling ";
  if (shape.limits.is_null()) {
    text += "none";
  } else {
    const auto member = [&](const char* name) { return shape.limits.value(name, 0); };
    text += fmt::format("{} to {}, at most {} core and {} on demand ({})",
                        member("MinimumCapacityUnits"), member("MaximumCapacityUnits"),
                        member("MaximumCoreCapacityUnits"), member("MaximumOnDemandCapacityUnits"),
                        shape.limits.value("UnitType", ""));
  }
  if (shape.idle_seconds > 0)
    text += fmt::format("; ends after {} idle minutes", shape.idle_seconds / 60);
  return text + "\n";
}

}  // namespace

std::string EmrStatusText(const EmrStatus& status) {
  const RunningCluster& cluster = status.shape.cluster;
  std::string text = fmt::format("{} ({}), {}, {}{}\n", cluster.name, cluster.id, cluster.state,
                                 cluster.release, cluster.is_protected ? ", protected" : "");
  if (!cluster.reason.empty()) text += fmt::format("  {}\n", cluster.reason);
  if (cluster.created_us > 0) {
    const int64_t end = cluster.ended_us > 0 ? cluster.ended_us : status.now_us;
    text += fmt::format("  since {} UTC ({})\n", TimeText(cluster.created_us),
                        DurationText(end - cluster.created_us));
  }
  for (const RunningNodes& nodes : status.shape.nodes)
    text += NodesLine(nodes, status.shape.cluster.has_fleets);
  if (cluster.is_live()) text += LimitsLine(status.shape);
  for (const EmrStack& stack : status.stacks)
    text += fmt::format("  stack   {}, {}\n", stack.name, stack.status);
  text += fmt::format("\ncost so far: {} $\n", Usd(status.cost_so_far));
  if (cluster.is_live()) {
    text += fmt::format("an hour as it runs now: {} $; left running a month: {} $\n",
                        Usd(status.hour), Usd(status.month));
  }
  if (status.idle_since_us) {
    text += fmt::format("idle since {} UTC ({})\n", TimeText(*status.idle_since_us),
                        DurationText(status.now_us - *status.idle_since_us));
  }
  for (const std::string& note : status.notes) text += fmt::format("  {}\n", note);
  if (!status.steps.empty()) text += "\nsteps, the newest first\n";
  constexpr size_t kMaxSteps = 10;
  for (size_t i = 0; i < std::min(status.steps.size(), kMaxSteps); ++i) {
    const EmrStepState& step = status.steps[i];
    text += fmt::format("  {:<16} {:<12} {}{}\n", step.id, step.state, step.name,
                        step.reason.empty() ? "" : ": " + step.reason);
  }
  if (!status.events.empty()) text += "\nevents\n";
  for (const EmrEvent& event : status.events)
    text += fmt::format("  {} {}\n", TimeText(event.at_us), event.what);
  return text;
}

Json EmrStatusJson(const EmrStatus& status) {
  const RunningCluster& cluster = status.shape.cluster;
  Json nodes = Json::array();
  for (const RunningNodes& one : status.shape.nodes) {
    Json types = Json::array();
    for (const EmrInstanceType& type : one.types) types.push_back(type.name);
    Json json = {{"role", one.role}, {"id", one.id}, {"types", types}, {"state", one.state}};
    if (cluster.has_fleets) {
      json["onDemandUnits"] = {{"requested", one.on_demand_units},
                               {"running", one.running_on_demand_units}};
      json["spotUnits"] = {{"requested", one.spot_units}, {"running", one.running_spot_units}};
    } else {
      json["market"] = one.market;
      json["requested"] = one.requested;
      json["running"] = one.running;
    }
    nodes.push_back(std::move(json));
  }
  Json steps = Json::array();
  for (const EmrStepState& step : status.steps) {
    steps.push_back({{"id", step.id},
                     {"name", step.name},
                     {"state", step.state},
                     {"reason", step.reason},
                     {"created", TimeJson(step.created_us)},
                     {"started", TimeJson(step.started_us)},
                     {"ended", TimeJson(step.ended_us)}});
  }
  Json stacks = Json::array();
  for (const EmrStack& stack : status.stacks)
    stacks.push_back({{"name", stack.name}, {"status", stack.status}});
  Json events = Json::array();
  for (const EmrEvent& event : status.events)
    events.push_back({{"at", TimeJson(event.at_us)}, {"what", event.what}});
  return {{"id", cluster.id},
          {"name", cluster.name},
          {"state", cluster.state},
          {"reason", cluster.reason},
          {"release", cluster.release},
          {"protected", cluster.is_protected},
          {"created", TimeJson(cluster.created_us)},
          {"ready", TimeJson(cluster.ready_us)},
          {"ended", TimeJson(cluster.ended_us)},
          {"nodes", nodes},
          {"limits", status.shape.limits},
          {"idleMinutesAllowed", status.shape.idle_seconds / 60},
          {"idleSince", TimeJson(status.idle_since_us.value_or(0))},
          {"steps", steps},
          {"stacks", stacks},
          {"events", events},
          {"costSoFarUsd", RangeJson(status.cost_so_far)},
          {"hourUsd", RangeJson(status.hour)},
          {"leftRunningMonthUsd", RangeJson(status.month)},
          {"notes", status.notes}};
}

std::string EmrClustersText(const std::vector<RunningCluster>& clusters) {
  if (clusters.empty()) return "no cluster runs\n";
  std::string text;
  for (const RunningCluster& cluster : clusters) {
    text += fmt::format("{:<16} {:<14} {:<20} {}\n", cluster.id, cluster.state,
                        TimeText(cluster.created_us), cluster.name);
  }
  return text;
}

Json EmrClustersJson(const std::vector<RunningCluster>& clusters) {
  Json list = Json::array();
  for (const RunningCluster& cluster : clusters) {
    list.push_back({{"id", cluster.id},
                    {"name", cluster.name},
                    {"state", cluster.state},
                    {"created", TimeJson(cluster.created_us)}});
  }
  return list;
}

std::string EmrScaleText(const EmrScalePlan& plan) {
  std::string text;
  for (const EmrDifference& change : plan.changes) text += DifferenceLine(change);
  if (plan.changes.empty()) text = "  nothing to change\n";
  text += fmt::format("an hour, from now to its limits: {} $ -> {} $\n", Usd(plan.hour_before),
                      Usd(plan.hour_after));
  for (const std::string& note : plan.notes) text += note + "\n";
  return text;
}

Json EmrScaleJson(const EmrScalePlan& plan) {
  Json changes = Json::array();
  for (const EmrDifference& change : plan.changes) changes.push_back(DifferenceJson(change));
  return {
      {"changes", changes},
      {"hourUsd", {{"before", RangeJson(plan.hour_before)}, {"after", RangeJson(plan.hour_after)}}},
      {"notes", plan.notes}};
}

}  // namespace ember
