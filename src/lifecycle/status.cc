#include "lifecycle/status.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <set>

#include "lifecycle/answer.h"
#include "lifecycle/stack_parts.h"

namespace ember {
namespace {

constexpr int64_t kUs = 1000000;
constexpr int64_t kLeastBilledUs = 60 * kUs;
constexpr int64_t kMetricPeriodS = 300;
constexpr int64_t kMetricHours = 24;
constexpr double kUsPerHour = 3600e6;
constexpr int kRootGb = 15;           // EMR's own root volume
constexpr int kVolumeGbPerVcpu = 16;  // EMR's own volumes, general knowledge
constexpr size_t kMaxEvents = 20;

int64_t TimeOf(const AwsJson& json, std::string_view member) {
  return AwsTimeUs(AwsPath(json, {"Status", "Timeline"}), member).value_or(0);
}

std::string IsoTime(int64_t time_us) {
  const std::time_t seconds = time_us / kUs;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  const size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return std::string(text.data(), size);
}

Result<std::vector<EmrInstance>> ListInstances(const EmrWorld& world, const RunningShape& shape) {
  AwsApiCall call;
  call.action = "ListInstances";
  call.request = {{"ClusterId", shape.cluster.id}};
  call.stop = world.stop;
  ASSIGN_OR_RETURN(const AwsJson listed, ListAws(world.api, call, {"Instances"}));
  std::vector<EmrInstance> instances;
  for (const AwsJson& json : listed) {
    EmrInstance instance;
    instance.id = AwsText(json, "Ec2InstanceId");
    instance.type = AwsText(json, "InstanceType");
    instance.market = AwsText(json, "Market") == "SPOT" ? "spot" : "on_demand";
    instance.state = AwsText(AwsStructure(json, "Status"), "State");
    instance.reason = AwsText(AwsPath(json, {"Status", "StateChangeReason"}), "Message");
    instance.created_us = TimeOf(json, "CreationDateTime");
    instance.ended_us = TimeOf(json, "EndDateTime");
    const std::string group = AwsText(json, "InstanceGroupId");
    const std::string fleet = AwsText(json, "InstanceFleetId");
    for (const RunningNodes& nodes : shape.nodes) {
      if (nodes.id == (group.empty() ? fleet : group)) instance.role = nodes.role;
    }
    instances.push_back(std::move(instance));
  }
  return instances;
}

Result<std::vector<EmrStepState>> ListSteps(const EmrWorld& world, const std::string& id) {
  AwsApiCall call;
  call.action = "ListSteps";
  call.request = {{"ClusterId", id}};
  call.stop = world.stop;
  ASSIGN_OR_RETURN(const AwsJson listed, ListAws(world.api, call, {"Steps"}));
  std::vector<EmrStepState> steps;
  for (const AwsJson& json : listed) {
    const AwsJson& status = AwsStructure(json, "Status");
    EmrStepState step;
    step.id = AwsText(json, "Id");
    step.name = AwsText(json, "Name");
    step.state = AwsText(status, "State");
    step.reason = AwsText(AwsStructure(status, "FailureDetails"), "Reason");
    if (step.reason.empty())
      step.reason = AwsText(AwsStructure(status, "StateChangeReason"), "Message");
    step.created_us = TimeOf(json, "CreationDateTime");
    step.started_us = TimeOf(json, "StartDateTime");
    step.ended_us = TimeOf(json, "EndDateTime");
    steps.push_back(std::move(step));
  }
  return steps;
}

// What the nodes cost until now: EC2 and EMR by the second, their volumes.
void AddCosts(const EmrFacts& facts, EmrStatus& status) {
  std::set<std::string> unpriced;
  const double spot_low = 1 - facts.Get(EmrNumber::kSpotDiscountHigh);
  const double spot_high = 1 - facts.Get(EmrNumber::kSpotDiscountLow);
  for (const EmrInstance& instance : status.instances) {
    const EmrTypeFact* type = facts.FindType(instance.type);
    if (instance.created_us == 0) continue;
    if (type == nullptr || type->ec2_usd_hour == 0) {
      unpriced.insert(instance.type);
      continue;
    }
    const int64_t end = instance.ended_us > 0 ? instance.ended_us : status.now_us;
    const double hours =
        static_cast<double>(std::max(end - instance.created_us, kLeastBilledUs)) / kUsPerHour;
    const RunningNodes* nodes = status.shape.Find(instance.role);
    const int64_t gb = nodes != nullptr && nodes->volume_gb > 0
                           ? nodes->volume_gb
                           : int64_t{type->vcpu} * kVolumeGbPerVcpu;
    const double fixed = type->emr_usd_hour + static_cast<double>(gb + kRootGb) *
                                                  facts.Get(EmrNumber::kGp3GbMonth) /
                                                  facts.Get(EmrNumber::kHoursPerMonth);
    const bool is_spot = instance.market == "spot";
    status.cost_so_far += UsdRange{type->ec2_usd_hour * (is_spot ? spot_low : 1) + fixed,
                                   type->ec2_usd_hour * (is_spot ? spot_high : 1) + fixed} *
                          hours;
  }
  status.notes.push_back(fmt::format(
      "nodes from their creation to their end, by the prices of {} ({}); network, S3 and requests "
      "are not in it",
      facts.price_region, facts.date));
  if (!unpriced.empty())
    status.notes.push_back(fmt::format("without a price: {}", fmt::join(unpriced, ", ")));
  if (!status.shape.cluster.is_live()) return;
  const EmrCost cost = EstimateEmrCost(EmrClusterAsItRuns({}, status.shape), facts);
  status.hour = cost.hour_start;
  status.month =
      UsdRange{cost.hour_start.low, cost.hour_max.high} * facts.Get(EmrNumber::kHoursPerMonth);
}

void AddEvents(EmrStatus& status) {
  const RunningCluster& cluster = status.shape.cluster;
  const auto add = [&](int64_t at_us, std::string what) {
    if (at_us > 0) status.events.push_back({at_us, std::move(what)});
  };
  add(cluster.created_us, "cluster ordered");
  add(cluster.ready_us, "cluster ready");
  add(cluster.ended_us, fmt::format("cluster {}: {}", cluster.state, cluster.reason));
  for (const EmrInstance& instance : status.instances) {
    const std::string node = fmt::format("{} node {} ({}, {})", instance.role, instance.id,
                                         instance.type, instance.market);
    if (cluster.ready_us > 0 && instance.created_us > cluster.ready_us)
      add(instance.created_us, node + " added");
    if (cluster.ended_us == 0 && instance.ended_us > 0) {
      add(instance.ended_us,
          node + " ended" + (instance.reason.empty() ? "" : ": " + instance.reason));
    }
  }
  for (const EmrStepState& step : status.steps) {
    add(step.started_us, fmt::format("step {} ({}) started", step.name, step.id));
    add(step.ended_us, fmt::format("step {} ({}) {}{}", step.name, step.id, step.state,
                                   step.reason.empty() ? "" : ": " + step.reason));
  }
  std::stable_sort(status.events.begin(), status.events.end(),
                   [](const EmrEvent& a, const EmrEvent& b) { return a.at_us < b.at_us; });
  if (status.events.size() > kMaxEvents)
    status.events.erase(status.events.begin(), status.events.end() - kMaxEvents);
}

// Since when CloudWatch's IsIdle is 1 without a break.
std::optional<int64_t> IdleSince(const EmrWorld& world, const EmrStatus& status) {
  const Result<AwsJson> answer =
      world.Ask(AwsService::kCloudWatch, "GetMetricStatistics",
                {{"Namespace", "AWS/ElasticMapReduce"},
                 {"MetricName", "IsIdle"},
                 {"Dimensions",
                  AwsJson::array({{{"Name", "JobFlowId"}, {"Value", status.shape.cluster.id}}})},
                 {"StartTime", IsoTime(status.now_us - kMetricHours * 3600 * kUs)},
                 {"EndTime", IsoTime(status.now_us)},
                 {"Period", kMetricPeriodS},
                 {"Statistics", AwsJson::array({"Average"})}});
  if (!answer.ok()) return std::nullopt;
  std::vector<std::pair<int64_t, bool>> points;
  for (const AwsJson& point : AwsList(*answer, "Datapoints")) {
    const std::string average = AwsText(point, "Average");
    points.emplace_back(AwsTimeUs(point, "Timestamp").value_or(0),
                        !average.empty() && std::atof(average.c_str()) >= 1);
  }
  std::sort(points.begin(), points.end());
  std::optional<int64_t> since;
  for (const auto& [time_us, is_idle] : points) {
    if (!is_idle)
      since.reset();
    else if (!since)
      since = time_us;
  }
  return since;
}

}  // namespace

Result<EmrStatus> DescribeEmrStatus(const EmrWorld& world, const RunningCluster& cluster,
                                    const EmrStatusOptions& options) {
  EmrStatus status;
  status.now_us = world.host.NowUs();
  ASSIGN_OR_RETURN(status.shape, DescribeEmrShape(world, cluster));
  ASSIGN_OR_RETURN(status.instances, ListInstances(world, status.shape));
  ASSIGN_OR_RETURN(status.steps, ListSteps(world, cluster.id));
  const auto tag = cluster.tags.find("ember-cluster");
  if (tag != cluster.tags.end()) {
    for (const std::string& name :
         {EmrGroundStackName(tag->second), EmrWatchStackName(tag->second)}) {
      const auto stack = FindEmrStack(world, name);
      if (!stack.ok()) {
        status.notes.push_back("stack " + name + ": " + stack.error().message);
      } else if (stack->has_value()) {
        status.stacks.push_back(**stack);
      }
    }
  }
  AddCosts(world.facts, status);
  AddEvents(status);
  if (options.asks_metrics && cluster.state == "WAITING")
    status.idle_since_us = IdleSince(world, status);
  return status;
}

Result<std::vector<RunningCluster>> ListLiveEmrClusters(const EmrWorld& world) {
  AwsApiCall call;
  call.action = "ListClusters";
  call.request = {
      {"ClusterStates", {"STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING", "TERMINATING"}}};
  call.stop = world.stop;
  ASSIGN_OR_RETURN(const AwsJson listed, ListAws(world.api, call, {"Clusters"}));
  std::vector<RunningCluster> clusters;
  for (const AwsJson& json : listed) {
    RunningCluster cluster;
    cluster.id = AwsText(json, "Id");
    cluster.name = AwsText(json, "Name");
    cluster.state = AwsText(AwsStructure(json, "Status"), "State");
    cluster.created_us = TimeOf(json, "CreationDateTime");
    clusters.push_back(std::move(cluster));
  }
  return clusters;
}

}  // namespace ember
