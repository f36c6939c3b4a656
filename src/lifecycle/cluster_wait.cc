#include "lifecycle/cluster_wait.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ember {
namespace {

// The first looks come soon: a cluster that is nearly ready, or an emulated one. Then the pace that
// AWS asks for.
struct PaceRow {
  int64_t least_ms;
  int64_t most_ms;
};
constexpr auto kPace = std::to_array<PaceRow>(
    {{1000, 2000}, {1000, 2000}, {2000, 4000}, {5000, 10000}, {10000, 30000}});

struct AdviceRow {
  std::string_view words;  // of the reason
  std::string_view advice;
};
// EMR has one code for many reasons: its words tell more.
constexpr auto kAdvice = std::to_array<AdviceRow>({
    {"apacity",
     "EC2 has too few of these nodes at the moment: name more types and zones "
     "(instances: fleets), or try again later"},
    {"ootstrap",
     "a bootstrap action failed: its output is below the log place, in "
     "node/i-…/bootstrap-actions"},
    {"quota",
     "the account's limit of EC2 is reached: ask AWS for a higher one, or start fewer "
     "nodes"},
    {"limit",
     "the account's limit of EC2 is reached: ask AWS for a higher one, or start fewer "
     "nodes"},
    {"nstance profile", "the nodes' role is missing or may not be passed: see roles in the file"},
    {"ubnet", "see network in the file"},
});

std::string StateText(const RunningCluster& cluster) {
  std::string text = fmt::format("cluster {} is {}", cluster.id, cluster.state);
  if (!cluster.reason.empty()) text += ": " + cluster.reason;
  return text;
}

// Asks until `is_done`, and tells each new state.
template <typename Done>
Result<RunningCluster> Poll(const EmrWorld& world, const std::string& id, Done is_done) {
  EmrPatience patience;
  std::string told;
  for (size_t look = 0;; ++look) {
    Result<RunningCluster> cluster = DescribeEmrCluster(world.api, id, world.stop);
    if (!cluster.ok() && !patience.Forgives(cluster.error())) return cluster;
    if (cluster.ok()) {
      patience.Reset();
      const std::string text = StateText(*cluster);
      if (text != told) world.Tell(text);
      told = text;
      if (is_done(*cluster)) return cluster;
    }
    const PaceRow& pace = kPace[std::min(look, kPace.size() - 1)];
    RETURN_IF_ERROR(world.Pause(pace.least_ms, pace.most_ms));
  }
}

}  // namespace

Result<RunningCluster> WaitUntilReady(const EmrWorld& world, const std::string& id) {
  ASSIGN_OR_RETURN(RunningCluster cluster, Poll(world, id, [](const RunningCluster& one) {
                     return one.state == "WAITING" || one.state == "RUNNING" || !one.is_live();
                   }));
  const bool is_done =
      cluster.reason_code == "ALL_STEPS_COMPLETED" && cluster.state == "TERMINATED";
  if (cluster.is_live() || is_done) return cluster;
  std::string message =
      fmt::format("cluster {} ended before it was ready: {}{}{}: {}", id, cluster.state,
                  cluster.reason_code.empty() ? "" : ", ", cluster.reason_code,
                  cluster.reason.empty() ? "EMR gives no reason" : cluster.reason);
  for (const AdviceRow& row : kAdvice) {
    if (cluster.reason.find(row.words) == std::string::npos) continue;
    message += fmt::format(" ({})", row.advice);
    break;
  }
  return EmrFailure(message + ". Its nodes cost nothing any more");
}

Result<RunningCluster> WaitUntilEnded(const EmrWorld& world, const std::string& id) {
  return Poll(world, id, [](const RunningCluster& one) { return !one.is_live(); });
}

}  // namespace ember
