// From STARTING to TERMINATED. Times are EMR's in orders of magnitude, in emulated seconds.
#include "emulator/cluster_lifecycle.h"

#include <fmt/format.h>

#include <algorithm>

namespace ember {
namespace {

constexpr double kTerminatingS = 60;

void SetState(ClusterRecord& cluster, EmulatedState state, const ClusterWorldView& world) {
  if (cluster.state.name != state.name) {
    world.journal->Add(world.now_us, "cluster_state", cluster.id,
                       {{"state", state.name}, {"reason", state.reason}});
  }
  cluster.state = std::move(state);
}

// The master and all core nodes that were asked for have the state, or are beyond it.
bool HaveNodes(const ClusterRecord& cluster, bool is_running) {
  for (const NodePool& pool : cluster.pools) {
    if (pool.role == NodeRole::kTask) continue;
    for (const bool is_spot : {false, true}) {
      int units = 0;
      for (const EmulatedInstance& instance : cluster.instances) {
        if (instance.pool_id != pool.id || instance.is_spot != is_spot || !instance.is_live())
          continue;
        const bool is_there =
            is_running ? instance.state.name == "RUNNING" : instance.state.name != "PROVISIONING";
        if (is_there) units += instance.weight;
      }
      if (units < (is_spot ? pool.spot_target : pool.on_demand_target)) return false;
    }
  }
  return true;
}

void Begin(ClusterRecord& cluster, const ClusterWorldView& world) {
  if (cluster.state.name == "STARTING" && HaveNodes(cluster, false)) {
    if (world.faults->bootstrap_fails) {
      world.faults->bootstrap_fails = false;
      TerminateCluster(cluster,
                       {"BOOTSTRAP_FAILURE",
                        "On the master instance, bootstrap action 1 returned a "
                        "non-zero return code",
                        true},
                       world);
      return;
    }
    SetState(cluster, {.name = "BOOTSTRAPPING", .reason = "Running bootstrap actions"}, world);
    cluster.spark = ClusterRecord::Spark::kStarting;
    cluster.commands.push_back(StartSparkCommand{});
  }
  if (cluster.state.name == "BOOTSTRAPPING" && HaveNodes(cluster, true)) {
    cluster.times.ready_us = world.now_us;
    const bool has_steps = !cluster.steps.empty();
    SetState(cluster,
             has_steps ? EmulatedState{.name = "RUNNING", .reason = "Running step"}
                       : EmulatedState{.name = "WAITING", .reason = "Cluster ready to run steps."},
             world);
  }
}

void End(ClusterRecord& cluster, const ClusterWorldView& world) {
  using Spark = ClusterRecord::Spark;
  const bool has_stopped = cluster.spark == Spark::kNone || cluster.spark == Spark::kStopped;
  if (!has_stopped || world.now_us < cluster.next_us) return;
  for (EmulatedInstance& instance : cluster.instances) {
    if (instance.is_live()) {
      EndInstance(instance, {"TERMINATED", "CLUSTER_TERMINATED", "Job flow terminated"},
                  world.now_us);
    }
  }
  for (NodePool& pool : cluster.pools) {
    pool.state = {"TERMINATED", "CLUSTER_TERMINATED", "Job flow terminated"};
    pool.times.ended_us = world.now_us;
  }
  cluster.times.ended_us = world.now_us;
  SetState(cluster,
           {cluster.fails_at_end ? "TERMINATED_WITH_ERRORS" : "TERMINATED",
            cluster.state.reason_code, cluster.state.reason},
           world);
}

// Idle: no step, no application, no session. A Connect server of the cluster's own is an
// application that does not count.
void CheckIdle(ClusterRecord& cluster, const ClusterWorldView& world) {
  const int own = cluster.has_sessions ? 1 : 0;
  const bool is_idle = cluster.state.name == "WAITING" && cluster.live_sessions == 0 &&
                       (!cluster.has_load || cluster.load.applications <= own);
  if (!is_idle) {
    cluster.idle_since_us = 0;
    return;
  }
  if (cluster.idle_since_us == 0) cluster.idle_since_us = world.now_us;
  if (!cluster.idle_timeout_s) return;
  const auto timeout = static_cast<double>(*cluster.idle_timeout_s);
  const auto idle_us = static_cast<double>(world.now_us - cluster.idle_since_us) * world.speed;
  if (idle_us < timeout * 1e6) return;
  // EMR names this end in its message only: none of the reason codes is its own.
  TerminateCluster(cluster,
                   {"USER_REQUEST",
                    "Terminated by the auto-termination policy: the cluster was "
                    "idle for longer than its idle time-out"},
                   world);
}

}  // namespace

void TerminateCluster(ClusterRecord& cluster, const ClusterEnd& end,
                      const ClusterWorldView& world) {
  using Spark = ClusterRecord::Spark;
  if (cluster.is_ending()) return;
  cluster.fails_at_end = end.fails;
  for (StepRecord& step : cluster.steps) {
    if (step.is_over()) continue;
    const bool has_run = step.state.name != "PENDING";
    step.state = {.name = has_run ? "INTERRUPTED" : "CANCELLED", .reason = "Job terminated"};
    step.times.ended_us = world.now_us;
  }
  SetState(cluster, {"TERMINATING", end.code, end.message}, world);
  for (NodePool& pool : cluster.pools) pool.state.name = "TERMINATING";
  cluster.next_us = world.After(kTerminatingS);
  cluster.commands.clear();
  if (cluster.spark != Spark::kNone) {
    cluster.spark = Spark::kStopping;
    cluster.commands.push_back(StopSparkCommand{});
  }
}

void NoteSparkStarted(ClusterRecord& cluster) {
  if (cluster.spark == ClusterRecord::Spark::kStarting)
    cluster.spark = ClusterRecord::Spark::kRunning;
}

void NoteSparkFailed(ClusterRecord& cluster, const std::string& why,
                     const ClusterWorldView& world) {
  world.journal->Add(world.now_us, "spark_failed", cluster.id, {{"reason", why}});
  TerminateCluster(cluster,
                   {"BOOTSTRAP_FAILURE",
                    "On the master instance, application provisioning failed: " + why, true},
                   world);
}

void NoteSparkStopped(ClusterRecord& cluster) { cluster.spark = ClusterRecord::Spark::kStopped; }

void AdvanceCluster(ClusterRecord& cluster, const ClusterWorldView& world) {
  AdvanceSessions(cluster, world);
  if (cluster.is_over()) return;
  if (cluster.state.name == "TERMINATING") {
    End(cluster, world);
    return;
  }
  if (cluster.is_ready()) ScaleCluster(cluster, world);
  if (cluster.is_ready() && world.spot_loss_s > 0 && world.now_us >= cluster.next_spot_loss_us) {
    if (cluster.next_spot_loss_us != 0) LoseSpotNodes(cluster, 1, world);
    cluster.next_spot_loss_us = world.After(world.spot_loss_s);
  }
  FillPools(cluster, world);
  AdvanceInstances(cluster, world);
  if (cluster.is_ending()) return;
  if (!cluster.is_ready()) Begin(cluster, world);
  if (cluster.is_ready()) AdvanceSteps(cluster, world);
  if (cluster.is_ready()) CheckIdle(cluster, world);
}

}  // namespace ember
