#include "emr/local_comparison.h"

#include <fmt/format.h>

#include <algorithm>

#include "emr/nodes.h"

namespace ember {
namespace {

constexpr double kMib = 1024.0 * 1024;
// From a request to the first task: general knowledge, not measured.
constexpr double kStartMinutes = 7;

std::string TimeText(double hours) {
  if (hours < 1.0 / 60) return fmt::format("{:.1f} s", hours * 3600);
  return hours < 2 ? fmt::format("{:.0f} minutes", std::max(1.0, hours * 60))
                   : fmt::format("{:.1f} hours", hours);
}

std::string AmountText(double bytes) {
  return bytes < 1024 * kMib ? fmt::format("{:.1f} MiB", bytes / kMib)
                             : fmt::format("{:.1f} GiB", bytes / kMib / 1024);
}

}  // namespace

double EmrStartCores(const EmrCluster& cluster, const EmrFacts& facts) {
  double cores = 0;
  for (const EmrRole& role : EmrRoleNodes(cluster)) {
    if (role.path == "master" || role.nodes->types.empty()) continue;
    const EmrInstanceType& type = role.nodes->types.front();
    const EmrTypeFact* fact = facts.FindType(type.name);
    if (fact == nullptr) continue;
    const double nodes =
        cluster.HasFleets()
            ? static_cast<double>(role.nodes->on_demand_units + role.nodes->spot_units) /
                  std::max(1, type.weight)
            : role.nodes->count;
    cores += nodes * fact->vcpu;
  }
  return cores;
}

Result<LocalComparison> CompareWithLocalRun(const EmrCost& cost, double cores,
                                            const MeasuredRun& measured, int64_t input_bytes,
                                            double hours_allowed) {
  if (measured.seconds <= 0 || measured.input_bytes <= 0 || measured.cores <= 0) {
    return InvalidInput(
        "the measured run has no time or no input: measure one by `ember run --json`");
  }
  LocalComparison comparison;
  comparison.input_bytes = input_bytes > 0 ? input_bytes : measured.input_bytes;
  const double scale =
      static_cast<double>(comparison.input_bytes) / static_cast<double>(measured.input_bytes);
  comparison.local_hours = measured.seconds * scale / 3600;
  const double core_hours = comparison.local_hours * measured.cores;
  cores = std::max(cores, 1.0);
  comparison.cluster_hours = core_hours / cores + kStartMinutes / 60;
  // A second more than none is paid as a minute.
  const double paid = std::max(comparison.cluster_hours, 1.0 / 60);
  comparison.cluster_usd = cost.hour_start * paid;
  const bool is_in_time = hours_allowed > 0 && comparison.local_hours <= hours_allowed;
  const bool is_quicker = comparison.local_hours <= comparison.cluster_hours;
  comparison.needs_cluster = !is_in_time && !is_quicker;

  auto& reasons = comparison.reasons;
  reasons.push_back(fmt::format(
      "measured on {} cores: {} of input in {}, {:.1f} MiB a core and second", measured.cores,
      AmountText(static_cast<double>(measured.input_bytes)), TimeText(measured.seconds / 3600),
      static_cast<double>(measured.input_bytes) / kMib / measured.seconds / measured.cores));
  if (scale != 1) {
    reasons.push_back(fmt::format(
        "{} take {} here, in proportion to the input: measure a larger "
        "part when joins or windows grow faster than that",
        AmountText(static_cast<double>(comparison.input_bytes)), TimeText(comparison.local_hours)));
  }
  reasons.push_back(fmt::format(
      "the cluster's {:.0f} cores, if each does as much, take {} with {:.0f} minutes of start "
      "(general knowledge): {:.2f} to {:.2f} USD",
      cores, TimeText(comparison.cluster_hours), kStartMinutes, comparison.cluster_usd.low,
      comparison.cluster_usd.high));
  if (is_quicker) {
    reasons.emplace_back("no cluster is needed: this machine is done before the cluster is");
  } else if (is_in_time) {
    reasons.push_back(
        fmt::format("no cluster is needed: this machine is done within the {} allowed",
                    TimeText(hours_allowed)));
  } else if (hours_allowed > 0) {
    reasons.push_back(
        fmt::format("a cluster is needed: this machine takes longer than the {} allowed",
                    TimeText(hours_allowed)));
  } else {
    reasons.emplace_back(
        "the cluster is quicker; limits.hours or --hours says what a run may take");
  }
  return comparison;
}

}  // namespace ember
