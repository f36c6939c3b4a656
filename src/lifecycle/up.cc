#include "lifecycle/up.h"

#include <fmt/format.h>

#include "aws/service_call.h"
#include "lifecycle/answer.h"
#include "lifecycle/cluster_wait.h"
#include "lifecycle/down.h"
#include "lifecycle/scale.h"
#include "lifecycle/stack_parts.h"

namespace ember {
namespace {

constexpr int kMaxSends = 3;
constexpr int kMaxRoleTries = 6;
constexpr int kLooks = 6;
constexpr int64_t kLookLeastMs = 10000;
constexpr int64_t kLookMostMs = 20000;

std::string UsdText(const UsdRange& range) {
  return range.low == range.high ? fmt::format("{:.2f}", range.high)
                                 : fmt::format("{:.2f} to {:.2f}", range.low, range.high);
}

// Roles that were just made are not known everywhere at once.
bool IsUnknownRole(const Error& error) {
  if (ServiceCodeOf(error) != "ValidationException") return false;
  return error.message.find("InstanceProfile") != std::string::npos ||
         error.message.find("nstance profile") != std::string::npos ||
         error.message.find("ervice role") != std::string::npos;
}

class Up {
 public:
  Up(const EmrWorld& world, const EmrCluster& cluster, const EmrUpOptions& options)
      : world_(world), cluster_(cluster), options_(options) {}

  Result<RunningCluster> Run(const EmrPlan& plan) {
    RETURN_IF_ERROR(MakeRoom(plan));
    RETURN_IF_ERROR(DeployGround());
    Result<RunningCluster> running = StartOrChange();
    if (!running.ok()) {
      return running_id_.empty() ? WithRest(std::move(running).error())
                                 : StillRuns(std::move(running).error(), running_id_);
    }
    if (options_.waits) {
      const std::string id = running->id;
      running = WaitUntilReady(world_, id);
      if (!running.ok()) return WithRunning(std::move(running).error(), id);
    }
    const Status watched = DeployWatch(*running);
    if (!watched.ok()) return StillRuns(watched.error(), running->id);
    return running;
  }

 private:
  Status MakeRoom(const EmrPlan& plan);
  Status DeployGround();
  Status DeployWatch(const RunningCluster& running);
  Result<RunningCluster> StartOrChange();
  Result<RunningCluster> Start();
  Status Change(const RunningCluster& running);
  Result<std::optional<RunningCluster>> FindStaying();
  Error WithRest(Error error) const;
  Error WithRunning(Error error, const std::string& id) const;
  Error StillRuns(Error error, const std::string& id) const;

  const EmrWorld& world_;
  const EmrCluster& cluster_;
  const EmrUpOptions options_;
  std::map<std::string, std::string> outputs_;
  bool has_ground_ = false;
  std::string running_id_;  // of a cluster that was there before
};

// A cluster that cannot be brought in step is in the way of the stack too: its groups are in use.
Status Up::MakeRoom(const EmrPlan& plan) {
  const std::vector<std::string> keys = plan.NewClusterKeys();
  if (keys.empty()) return {};
  if (!options_.replaces) {
    return EmrFailure(fmt::format(
        "cluster {} runs, and only a new one can have: {}. Nothing was changed. --replace ends it "
        "and starts a new one; what runs on it is lost",
        plan.running->id, fmt::join(keys, ", ")));
  }
  return EndEmrClusters(world_, {*plan.running}, {});
}

Status Up::DeployGround() {
  ASSIGN_OR_RETURN(const auto request, EmrGroundStack(cluster_, world_.facts));
  if (!request) return {};
  ASSIGN_OR_RETURN(EmrStack stack, DeployEmrStack(world_, *request));
  outputs_ = std::move(stack.outputs);
  has_ground_ = true;
  const AwsJson& promised = AwsStructure(request->document, "Outputs");
  for (const auto& [name, value] : promised.items()) {
    if (!outputs_.contains(name))
      return EmrFailure(fmt::format("stack {} has no output {}", request->name, name));
  }
  return {};
}

Status Up::DeployWatch(const RunningCluster& running) {
  if (!running.is_live()) return {};
  ASSIGN_OR_RETURN(const auto request, EmrWatchStack(cluster_, world_.facts, running.id, outputs_));
  if (!request) return {};
  const auto stack = DeployEmrStack(world_, *request);
  return stack.ok() ? Status() : stack.error();
}

// The live cluster of the file; one that ends is waited for.
Result<std::optional<RunningCluster>> Up::FindStaying() {
  while (true) {
    ASSIGN_OR_RETURN(std::optional<RunningCluster> found,
                     FindEmrCluster(world_.api, cluster_.name, world_.stop));
    if (!found || found->state != "TERMINATING") return found;
    RETURN_IF_ERROR(WaitUntilEnded(world_, found->id));
  }
}

Result<RunningCluster> Up::StartOrChange() {
  ASSIGN_OR_RETURN(std::optional<RunningCluster> found, FindStaying());
  if (!found) return Start();
  running_id_ = found->id;
  world_.Tell(fmt::format("cluster {} is {}: bringing it in step", found->id, found->state));
  RETURN_IF_ERROR(Change(*found));
  return *std::move(found);
}

// RunJobFlow has no token that would make it safe to repeat. After an answer that is unclear the
// cluster is looked for, for a while, and only one that does not show is ordered again.
Result<RunningCluster> Up::Start() {
  AwsApiCall call;
  call.action = "RunJobFlow";
  call.request = RunJobFlowRequest(cluster_, world_.facts, EmrGroundOf(cluster_, outputs_));
  call.is_repeatable = false;
  // Without the stop token: an order that is cut off in the middle is an unclear one.
  int role_tries = 0;
  for (int sent = 1;; ++sent) {
    RETURN_IF_ERROR(world_.stop.stop_requested() ? Status(MakeError("OPERATION_CANCELLED"))
                                                 : Status());
    const Result<AwsJson> answer = world_.api.Call(call);
    const std::string id = answer.ok() ? AwsText(*answer, "JobFlowId") : "";
    if (!id.empty()) {
      world_.Tell(fmt::format("cluster {} is ordered: it costs money from now on", id));
      RunningCluster cluster;
      cluster.id = id;
      cluster.name = cluster_.name;
      cluster.state = "STARTING";
      return cluster;
    }
    if (!answer.ok() && !MayHaveActed(answer.error())) {
      if (!IsUnknownRole(answer.error()) || ++role_tries == kMaxRoleTries) return answer.error();
      world_.Tell("EMR does not know the new roles yet: waiting");
      RETURN_IF_ERROR(world_.Pause(kLookLeastMs, kLookMostMs));
      --sent;
      continue;
    }
    world_.Tell("EMR's answer to RunJobFlow is unclear: looking whether the cluster is there");
    for (int look = 0; look < kLooks; ++look) {
      RETURN_IF_ERROR(world_.Pause(kLookLeastMs, kLookMostMs));
      ASSIGN_OR_RETURN(std::optional<RunningCluster> found,
                       FindEmrCluster(world_.api, cluster_.name, world_.stop));
      if (found && found->state != "TERMINATING") return *std::move(found);
    }
    if (sent == kMaxSends) {
      return answer.ok() ? EmrFailure("RunJobFlow answers without a cluster's id, and none shows")
                         : answer.error();
    }
  }
}

Status Up::Change(const RunningCluster& running) {
  ASSIGN_OR_RETURN(const RunningShape shape, DescribeEmrShape(world_, running));
  ASSIGN_OR_RETURN(const std::vector<EmrDifference> differences,
                   CompareEmrCluster(world_, cluster_, EmrGroundOf(cluster_, outputs_), shape));
  for (const EmrDifference& difference : differences) {
    // Its stack was brought in step since the plan.
    if (difference.needs_new_cluster()) {
      return EmrFailure(
          fmt::format("cluster {} runs with another {} ({}), and only a new one can "
                      "have {}: run this again with --replace",
                      running.id, difference.key, difference.before, difference.after));
    }
  }
  return ApplyEmrChanges(world_, differences);
}

// What costs money though there is no cluster.
Error Up::WithRest(Error error) const {
  const UsdRange month = EmrNetworkMonth(cluster_, world_.facts);
  while (error.message.ends_with('.')) error.message.pop_back();
  if (has_ground_ && month.high > 0) {
    error.message += fmt::format(
        ". Stack {} stays: its network costs {} $ a month; ember emr down {} --apply ends it",
        EmrGroundStackName(cluster_.name), UsdText(month), cluster_.name);
  } else if (has_ground_) {
    error.message += fmt::format(". Stack {} stays: nothing of it is paid by the hour",
                                 EmrGroundStackName(cluster_.name));
  }
  return error;
}

Error Up::WithRunning(Error error, const std::string& id) const {
  // WaitUntilReady fails so when the cluster ended.
  return error.condition == "EMBER_EMR" ? WithRest(std::move(error))
                                        : StillRuns(std::move(error), id);
}

Error Up::StillRuns(Error error, const std::string& id) const {
  while (error.message.ends_with('.')) error.message.pop_back();
  const UsdRange hour = EstimateEmrCost(cluster_, world_.facts).hour_start;
  error.message += fmt::format(
      ". Cluster {} runs on, for about {} $ an hour: the same command goes on from here, ember emr "
      "down {} --apply ends it",
      id, UsdText(hour), cluster_.name);
  return error;
}

}  // namespace

namespace {

Result<EmrStackRequest> LoneGround(const EmrWorld& world, const EmrCluster& cluster) {
  ASSIGN_OR_RETURN(const auto running, FindEmrCluster(world.api, cluster.name, world.stop));
  if (running) {
    return InvalidInput(
        fmt::format("cluster {} is {}: ember emr up without --ground brings it and what it stands "
                    "on in step",
                    running->id, running->state));
  }
  ASSIGN_OR_RETURN(auto request, EmrGroundStack(cluster, world.facts));
  if (!request) {
    return InvalidInput(fmt::format(
        "'{}' names all that the cluster stands on: there is nothing to make", cluster.file));
  }
  return *std::move(request);
}

}  // namespace

Result<EmrStack> ApplyEmrGround(const EmrWorld& world, const EmrCluster& cluster) {
  ASSIGN_OR_RETURN(const EmrStackRequest request, LoneGround(world, cluster));
  return DeployEmrStack(world, request);
}

Result<EmrStackPlan> PlanEmrGround(const EmrWorld& world, const EmrCluster& cluster) {
  ASSIGN_OR_RETURN(const EmrStackRequest request, LoneGround(world, cluster));
  return PlanEmrStack(world, request);
}

Result<RunningCluster> ApplyEmrPlan(const EmrWorld& world, const EmrCluster& cluster,
                                    const EmrPlan& plan, const EmrUpOptions& options) {
  return Up(world, cluster, options).Run(plan);
}

}  // namespace ember
