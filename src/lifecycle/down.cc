#include "lifecycle/down.h"

#include <fmt/format.h>

#include <algorithm>

#include "lifecycle/answer.h"
#include "lifecycle/cluster_wait.h"
#include "lifecycle/running_shape.h"
#include "lifecycle/stack_operation.h"
#include "lifecycle/stack_parts.h"

namespace ember {
namespace {

constexpr double kKeyUsdMonth = 1;  // general knowledge, not checked

// The policies of a stack's resources that say that they stay, by their names.
Result<std::map<std::string, bool>> KeptNames(const EmrWorld& world, const std::string& stack) {
  ASSIGN_OR_RETURN(const AwsJson answer,
                   world.Ask(AwsService::kCloudFormation, "GetTemplate", {{"StackName", stack}}));
  const AwsJson& body = answer.contains("TemplateBody") ? answer["TemplateBody"] : answer;
  const AwsJson document =
      body.is_string() ? AwsJson::parse(body.get<std::string>(), nullptr, false) : body;
  std::map<std::string, bool> kept;
  for (const auto& [name, resource] : AwsStructure(document, "Resources").items())
    kept[name] = AwsText(resource, "DeletionPolicy").starts_with("Retain");
  return kept;
}

Result<std::optional<EmrStackEnd>> PlanStackEnd(const EmrWorld& world, const std::string& name) {
  ASSIGN_OR_RETURN(std::optional<EmrStack> stack, FindEmrStack(world, name));
  if (!stack || stack->status == "DELETE_COMPLETE") return std::optional<EmrStackEnd>();
  EmrStackEnd end;
  end.stack = *std::move(stack);
  if (end.stack.status == "REVIEW_IN_PROGRESS") return std::optional<EmrStackEnd>(std::move(end));
  ASSIGN_OR_RETURN(auto kept, KeptNames(world, end.stack.id));
  AwsApiCall call;
  call.service = AwsService::kCloudFormation;
  call.action = "ListStackResources";
  call.request = {{"StackName", end.stack.id}};
  call.stop = world.stop;
  ASSIGN_OR_RETURN(const AwsJson resources,
                   ListAws(world.api, call, {"StackResourceSummaries", "NextToken"}));
  for (const AwsJson& resource : resources) {
    const std::string logical = AwsText(resource, "LogicalResourceId");
    const std::string type = AwsText(resource, "ResourceType");
    const std::string physical = AwsText(resource, "PhysicalResourceId");
    if (AwsText(resource, "ResourceStatus") == "DELETE_COMPLETE") continue;
    if (kept[logical])
      end.stays.push_back({type, physical});
    else
      end.ends.push_back(
          {.action = "Remove", .resource = logical, .type = type, .physical_id = physical});
  }
  return std::optional<EmrStackEnd>(std::move(end));
}

Result<UsdRange> HourOf(const EmrWorld& world, const RunningCluster& cluster) {
  ASSIGN_OR_RETURN(const RunningShape shape, DescribeEmrShape(world, cluster));
  return EstimateEmrCost(EmrClusterAsItRuns({}, shape), world.facts).hour_start;
}

Status OrderEnd(const EmrWorld& world, const std::vector<RunningCluster>& clusters,
                const EmrDownOptions& options) {
  AwsJson ids = AwsJson::array();
  AwsJson protected_ids = AwsJson::array();
  for (const RunningCluster& cluster : clusters) {
    if (!cluster.is_live() || cluster.state == "TERMINATING") continue;
    ids.push_back(cluster.id);
    if (cluster.is_protected) protected_ids.push_back(cluster.id);
  }
  if (!protected_ids.empty() && !options.forces) {
    return EmrFailure(
        fmt::format("cluster {} is protected against termination: --force takes the protection off",
                    protected_ids.front().get<std::string>()));
  }
  if (!protected_ids.empty()) {
    RETURN_IF_ERROR(world.AskEmr("SetTerminationProtection",
                                 {{"JobFlowIds", protected_ids}, {"TerminationProtected", false}}));
  }
  if (ids.empty()) return {};
  RETURN_IF_ERROR(world.AskEmr("TerminateJobFlows", {{"JobFlowIds", ids}}));
  return {};
}

}  // namespace

bool EmrDownPlan::is_protected() const {
  return std::any_of(clusters.begin(), clusters.end(),
                     [](const RunningCluster& cluster) { return cluster.is_protected; });
}

Result<EmrDownPlan> PlanEmrDown(const EmrWorld& world, const std::string& name) {
  EmrDownPlan plan;
  std::vector<RunningCluster> others;
  if (IsEmrClusterId(name)) {
    ASSIGN_OR_RETURN(RunningCluster cluster, DescribeEmrCluster(world.api, name, world.stop));
    const auto tag = cluster.tags.find("ember-cluster");
    if (tag != cluster.tags.end()) plan.name = tag->second;
    if (cluster.is_live()) plan.clusters.push_back(std::move(cluster));
  } else {
    ASSIGN_OR_RETURN(plan.name, EmrClusterName(name));
  }
  if (!plan.name.empty()) {
    ASSIGN_OR_RETURN(others, ListEmrClusters(world.api, plan.name, world.stop));
  }
  if (IsEmrClusterId(name)) {
    std::erase_if(others, [&](const RunningCluster& one) { return one.id == name; });
  } else {
    plan.clusters = std::move(others);
    others.clear();
  }
  for (const RunningCluster& cluster : plan.clusters) {
    if (cluster.state == "TERMINATING") continue;
    const Result<UsdRange> hour = HourOf(world, cluster);
    if (hour.ok()) plan.hour += *hour;
  }
  if (plan.name.empty()) {
    plan.note = "the cluster was not started by Ember: it has no stacks to delete";
    return plan;
  }
  if (!others.empty()) {
    plan.note = fmt::format("cluster {} stands on the same stacks: they stay", others.front().id);
    return plan;
  }
  for (const std::string& stack : {EmrWatchStackName(plan.name), EmrGroundStackName(plan.name)}) {
    ASSIGN_OR_RETURN(std::optional<EmrStackEnd> end, PlanStackEnd(world, stack));
    if (end) plan.stacks.push_back(*std::move(end));
  }
  return plan;
}

Status EndEmrClusters(const EmrWorld& world, const std::vector<RunningCluster>& clusters,
                      const EmrDownOptions& options) {
  RETURN_IF_ERROR(OrderEnd(world, clusters, options));
  for (const RunningCluster& cluster : clusters) RETURN_IF_ERROR(WaitUntilEnded(world, cluster.id));
  return {};
}

Result<std::vector<EmrKeptResource>> ApplyEmrDown(const EmrWorld& world, const EmrDownPlan& plan,
                                                  const EmrDownOptions& options) {
  RETURN_IF_ERROR(OrderEnd(world, plan.clusters, options));
  std::vector<EmrKeptResource> stays;
  for (const EmrStackEnd& end : plan.stacks) {
    // The nodes use what the ground holds until they are gone; the alarms may go before.
    if (end.stack.name != EmrWatchStackName(plan.name))
      RETURN_IF_ERROR(EndEmrClusters(world, plan.clusters, options));
    world.Tell(fmt::format("deleting stack {}", end.stack.name));
    ASSIGN_OR_RETURN(const std::vector<EmrKeptResource> kept, DeleteEmrStack(world, end.stack.id));
    for (const std::vector<EmrKeptResource>* list : {&kept, &end.stays}) {
      for (const EmrKeptResource& resource : *list) {
        if (std::find(stays.begin(), stays.end(), resource) == stays.end())
          stays.push_back(resource);
      }
    }
  }
  RETURN_IF_ERROR(EndEmrClusters(world, plan.clusters, options));
  return stays;
}

std::string EmrKeptCost(const EmrKeptResource& resource, const EmrFacts& facts) {
  if (resource.type == "AWS::S3::Bucket") {
    return fmt::format("{} $ a GB and month for what it holds, old versions too",
                       facts.Get(EmrNumber::kS3GbMonth));
  }
  if (resource.type == "AWS::KMS::Key")
    return fmt::format("{} $ a month (general knowledge, not checked)", kKeyUsdMonth);
  return "what it holds";
}

}  // namespace ember
