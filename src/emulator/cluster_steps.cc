// The steps of a cluster: when they start, and what their end means for the cluster.
#include <fmt/format.h>

#include <algorithm>

#include "emulator/cluster_lifecycle.h"

namespace ember {
namespace {

constexpr const char* kRunner = "command-runner.jar";

void EndStep(ClusterRecord& cluster, StepRecord& step, EmulatedState state,
             const ClusterWorldView& world) {
  step.state = std::move(state);
  step.times.ended_us = world.now_us;
  world.journal->Add(world.now_us, "step_ended", cluster.id,
                     {{"step", step.id}, {"name", step.name()}, {"state", step.state.name}});
}

void CancelPending(ClusterRecord& cluster, const ClusterWorldView& world) {
  for (StepRecord& step : cluster.steps) {
    if (step.state.name == "PENDING") {
      EndStep(cluster, step, {.name = "CANCELLED", .reason = "An earlier step failed"}, world);
    }
  }
}

void FailStep(ClusterRecord& cluster, StepRecord& step, const std::string& why,
              const ClusterWorldView& world) {
  EndStep(cluster, step, {.name = "FAILED", .reason = why}, world);
  const std::string& action = step.action_on_failure;
  if (action == "CONTINUE") return;
  // Termination protection makes of an end by a failed step a wait, as EMR has it.
  if (action == "CANCEL_AND_WAIT" || cluster.is_protected) {
    CancelPending(cluster, world);
    return;
  }
  TerminateCluster(cluster, {"STEP_FAILURE", "Shut down as step failed", true}, world);
}

void StartStep(ClusterRecord& cluster, StepRecord& step, const ClusterWorldView& world) {
  step.state = {.name = "RUNNING"};
  step.times.ready_us = world.now_us;
  world.journal->Add(world.now_us, "step_started", cluster.id,
                     {{"step", step.id}, {"name", step.name()}});
  const AwsJson& jar = step.config["HadoopJarStep"];
  if (jar["Jar"] != kRunner) {
    FailStep(cluster, step,
             fmt::format("The emulator runs {} only, not {}", kRunner, jar["Jar"].dump()), world);
    return;
  }
  EmulatedStep spark;
  spark.step_id = step.id;
  if (jar.contains("Args")) spark.arguments = jar["Args"].get<std::vector<std::string>>();
  cluster.commands.push_back(StartStepCommand{std::move(spark)});
}

}  // namespace

void AdvanceSteps(ClusterRecord& cluster, const ClusterWorldView& world) {
  const auto count = [&](std::string_view state) {
    return std::count_if(cluster.steps.begin(), cluster.steps.end(),
                         [&](const StepRecord& step) { return step.state.name == state; });
  };
  int64_t running = count("RUNNING") + count("CANCEL_PENDING");
  for (StepRecord& step : cluster.steps) {
    if (running >= cluster.step_concurrency) break;
    if (step.state.name != "PENDING") continue;
    StartStep(cluster, step, world);
    if (cluster.is_ending()) return;
    if (step.state.name == "RUNNING") ++running;
  }
  const bool has_work = running > 0 || count("PENDING") > 0;
  if (has_work && cluster.state.name == "WAITING") {
    cluster.state = {.name = "RUNNING", .reason = "Running step"};
    world.journal->Add(world.now_us, "cluster_state", cluster.id, {{"state", "RUNNING"}});
  }
  if (has_work) return;
  if (!cluster.keep_alive) {
    TerminateCluster(cluster, {"ALL_STEPS_COMPLETED", "Steps completed"}, world);
  } else if (cluster.state.name == "RUNNING") {
    cluster.state = {.name = "WAITING", .reason = "Cluster ready after last step completed."};
    world.journal->Add(world.now_us, "cluster_state", cluster.id, {{"state", "WAITING"}});
  }
}

void NoteStepEnded(ClusterRecord& cluster, const std::string& step_id, int exit_code,
                   const ClusterWorldView& world) {
  StepRecord* step = cluster.FindStep(step_id);
  if (step == nullptr || step->is_over()) return;
  if (step->is_cancelled) {
    EndStep(cluster, *step, {.name = "CANCELLED", .reason = "Job terminated"}, world);
  } else if (exit_code == 0) {
    EndStep(cluster, *step, {.name = "COMPLETED"}, world);
  } else {
    FailStep(cluster, *step, fmt::format("The step's process ended with exit code {}", exit_code),
             world);
  }
}

void NoteStepNotStarted(ClusterRecord& cluster, const std::string& step_id, const std::string& why,
                        const ClusterWorldView& world) {
  StepRecord* step = cluster.FindStep(step_id);
  if (step != nullptr && !step->is_over()) FailStep(cluster, *step, why, world);
}

bool CancelStep(ClusterRecord& cluster, StepRecord& step, const ClusterWorldView& world) {
  if (step.state.name == "PENDING") {
    EndStep(cluster, step, {.name = "CANCELLED", .reason = "Cancelled by the user"}, world);
    return true;
  }
  if (step.state.name != "RUNNING") return false;
  step.is_cancelled = true;
  step.state = {.name = "CANCEL_PENDING"};
  cluster.commands.push_back(CancelStepCommand{step.id});
  return true;
}

}  // namespace ember
