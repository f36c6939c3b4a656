// Rules on managed scaling and on the cluster's life.
#include <fmt/format.h>

#include <array>

#include "emr/nodes.h"
#include "emr/validate.h"

namespace ember {
namespace {

constexpr auto kError = EmrSeverity::kError;
constexpr auto kWarning = EmrSeverity::kWarning;
constexpr auto kDocs = EmrSource::kDocumentation;
constexpr auto kEmber = EmrSource::kEmber;

// Runs `check(cluster, limits)` where both limits are given and their units are the nodes' own.
template <typename Check>
void WithLimits(const EmrRuleContext& context, Check check) {
  const EmrCluster& cluster = context.cluster;
  if (!cluster.scaling || cluster.scaling->min == 0 || cluster.scaling->max == 0) return;
  const EmrScaling limits = EmrScalingLimits(cluster);
  if (limits.min > limits.max) return;
  check(cluster, limits);
}

// Nodes can be compared with limits only where the limits count nodes or the fleets' own units.
bool CountsNodes(const EmrScaling& limits) { return limits.unit != "vcpu"; }

void CheckLimitsMissing(EmrRuleContext& context) {
  const auto& scaling = context.cluster.scaling;
  if (!scaling) return;
  if (!context.cluster.IsSet("scaling.min"))
    context.Find("scaling", "scaling has no 'min'");
  else if (!context.cluster.IsSet("scaling.max"))
    context.Find("scaling", "scaling has no 'max'");
}

void CheckMinZero(EmrRuleContext& context) {
  if (context.cluster.IsSet("scaling.min") && context.cluster.scaling->min == 0)
    context.Find("scaling.min", "a minimum of 0");
}

void CheckMinMax(EmrRuleContext& context) {
  const auto& scaling = context.cluster.scaling;
  if (scaling && scaling->max != 0 && scaling->min > scaling->max)
    context.Find("scaling.min", fmt::format("min {} is above max {}", scaling->min, scaling->max));
}

void CheckMaxCore(EmrRuleContext& context) {
  WithLimits(context, [&](const EmrCluster& cluster, const EmrScaling& limits) {
    if (cluster.IsSet("scaling.max_core") && limits.max_core > limits.max)
      context.Find("scaling.max_core",
                   fmt::format("max_core {} is above max {}", limits.max_core, limits.max));
  });
}

void CheckMaxOnDemand(EmrRuleContext& context) {
  WithLimits(context, [&](const EmrCluster& cluster, const EmrScaling& limits) {
    if (cluster.IsSet("scaling.max_on_demand") && limits.max_on_demand > limits.max)
      context.Find("scaling.max_on_demand", fmt::format("max_on_demand {} is above max {}",
                                                        limits.max_on_demand, limits.max));
  });
}

void CheckUnit(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  if (!cluster.IsSet("scaling.unit")) return;
  if ((cluster.scaling->unit == "fleet_units") != cluster.HasFleets()) {
    context.Find("scaling.unit", fmt::format("unit {} with instances: {}", cluster.scaling->unit,
                                             cluster.instances));
  }
}

void CheckVcpuCore(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  if (cluster.scaling && cluster.scaling->unit == "vcpu" && !cluster.IsSet("scaling.max_core"))
    context.Find("scaling.unit", "unit vcpu without max_core");
}

void CheckCoreAboveMax(EmrRuleContext& context) {
  WithLimits(context, [&](const EmrCluster& cluster, const EmrScaling& limits) {
    const int core = EmrStartUnits(cluster, cluster.core);
    const int most = cluster.IsSet("scaling.max_core") ? limits.max_core : limits.max;
    if (CountsNodes(limits) && most <= limits.max && core > most)
      context.Find("core", fmt::format("{} core nodes start, but scaling allows {}", core, most));
  });
}

void CheckStartAboveMax(EmrRuleContext& context) {
  WithLimits(context, [&](const EmrCluster& cluster, const EmrScaling& limits) {
    if (!cluster.task || !CountsNodes(limits)) return;
    const int core = EmrStartUnits(cluster, cluster.core);
    const int task = EmrStartUnits(cluster, *cluster.task);
    if (task > 0 && core <= limits.max && core + task > limits.max) {
      context.Find("task", fmt::format("{} core and {} task nodes start, but max is {}", core, task,
                                       limits.max));
    }
  });
}

void CheckMinBelowCore(EmrRuleContext& context) {
  WithLimits(context, [&](const EmrCluster& cluster, const EmrScaling& limits) {
    const int core = EmrStartUnits(cluster, cluster.core);
    if (CountsNodes(limits) && core <= limits.max_core && limits.min < core)
      context.Find("scaling.min",
                   fmt::format("min {} is below the {} core nodes", limits.min, core));
  });
}

void CheckOnDemandBelowCore(EmrRuleContext& context) {
  WithLimits(context, [&](const EmrCluster& cluster, const EmrScaling& limits) {
    if (!CountsNodes(limits) || !cluster.IsSet("scaling.max_on_demand")) return;
    const bool is_on_demand = !EmrUsesSpot(cluster, cluster.core);
    const int core = EmrStartUnits(cluster, cluster.core);
    if (is_on_demand && limits.max_on_demand < core) {
      context.Find(
          "scaling.max_on_demand",
          fmt::format("max_on_demand {} is below the {} core nodes", limits.max_on_demand, core));
    }
  });
}

void CheckPaysOnDemand(EmrRuleContext& context) {
  WithLimits(context, [&](const EmrCluster& cluster, const EmrScaling& limits) {
    if (!cluster.task || !EmrUsesSpot(cluster, *cluster.task)) return;
    if (limits.max_on_demand <= limits.max && limits.max_on_demand > limits.max_core) {
      context.Find("scaling.max_on_demand", fmt::format("max_on_demand {} is above max_core {}",
                                                        limits.max_on_demand, limits.max_core));
    }
  });
}

void CheckNoTask(EmrRuleContext& context) {
  WithLimits(context, [&](const EmrCluster& cluster, const EmrScaling& limits) {
    if (!cluster.task && limits.max > limits.max_core)
      context.Find("scaling.max", fmt::format("max {} but max_core {} and no task nodes",
                                              limits.max, limits.max_core));
  });
}

void CheckIdleRange(EmrRuleContext& context) {
  const double seconds = context.cluster.lifetime.idle_minutes * 60.0;
  if (seconds > context.facts.Get(EmrNumber::kIdleSecondsMax))
    context.Find("lifetime.idle_minutes",
                 fmt::format("{} minutes", context.cluster.lifetime.idle_minutes));
}

void CheckNeverEnds(EmrRuleContext& context) {
  const EmrLifetime& lifetime = context.cluster.lifetime;
  if (lifetime.idle_minutes == 0 && lifetime.keep_alive) {
    context.Find("lifetime.idle_minutes",
                 fmt::format("nothing ends the cluster; left running it costs about {:.0f} USD a "
                             "month",
                             context.cost.month.low));
  }
}

void CheckEndsAtOnce(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  if (!cluster.lifetime.keep_alive && cluster.steps.empty() && cluster.connect.mode != "step")
    context.Find("lifetime.keep_alive", "the cluster has no steps and does not stay");
}

void CheckConnectIdle(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  if (cluster.connect.mode == "step" && !cluster.monitoring.alarms)
    context.Find("monitoring.alarms", "a Connect server of our own without alarms");
}

constexpr auto kRules = std::to_array<EmrRule>({
    {"scaling-limits-missing", kError, "Managed scaling needs its smallest and largest number.",
     "Set scaling.min and scaling.max.", kDocs, CheckLimitsMissing},
    {"scaling-min-zero", kError,
     "The minimum counts the core nodes, of which there is one at least.",
     "Set scaling.min to the number of core nodes.", kDocs, CheckMinZero},
    {"scaling-min-above-max", kError, "EMR refuses limits that contradict each other.",
     "Exchange them, or raise max.", kDocs, CheckMinMax},
    {"scaling-core-above-max", kError, "Core nodes are part of what max counts.",
     "Lower max_core, or raise max.", kDocs, CheckMaxCore},
    {"scaling-on-demand-above-max", kError, "Nodes on demand are part of what max counts.",
     "Lower max_on_demand, or raise max.", kDocs, CheckMaxOnDemand},
    {"scaling-unit", kError,
     "Fleets are scaled in fleet_units, groups in instances or vcpu; EMR refuses the rest.",
     "Leave unit out: Ember takes the one that fits.", kDocs, CheckUnit},
    {"scaling-vcpu-core", kError,
     "With unit: vcpu the limits count cores, and where max_core is left out Ember counts nodes.",
     "Set scaling.max_core to the vCPUs of the core nodes.", kEmber, CheckVcpuCore},
    {"scaling-core-starts-above", kError, "The cluster would start with more than its limit.",
     "Raise the limit, or lower the core nodes.", kDocs, CheckCoreAboveMax},
    {"scaling-starts-above-max", kError, "Core and task nodes together are what max counts.",
     "Raise scaling.max, or start fewer task nodes.", kDocs, CheckStartAboveMax},
    {"scaling-min-below-core", kWarning,
     "Scaling would remove core nodes, and move their HDFS blocks, whenever the cluster is idle.",
     "Set scaling.min to the number of core nodes.", kDocs, CheckMinBelowCore},
    {"scaling-on-demand-below-core", kError, "Core nodes on demand are part of max_on_demand.",
     "Set max_on_demand to the number of core nodes at least.", kDocs, CheckOnDemandBelowCore},
    {"scaling-pays-on-demand", kWarning,
     "Scaling buys on demand until max_on_demand and only then spot: the difference to max_core is "
     "paid in full.",
     "Set max_on_demand to max_core, or leave it out.", kDocs, CheckPaysOnDemand},
    {"scaling-without-task", kWarning,
     "Beyond max_core only task nodes are added, and there are none.",
     "Add task, or set max to max_core.", kDocs, CheckNoTask},
    {"idle-range", kError, "EMR takes an idle limit of one minute to seven days.",
     "Write at most 10080.", kDocs, CheckIdleRange},
    {"never-ends", kWarning, "A forgotten cluster is paid until somebody notices.",
     "Set lifetime.idle_minutes, 60 for example.", kEmber, CheckNeverEnds},
    {"ends-at-once", kError, "Without steps a cluster that does not stay ends when it has started.",
     "Add steps, or set lifetime.keep_alive: true.", kDocs, CheckEndsAtOnce},
    {"connect-never-idle", kWarning,
     "A Connect server of our own is a running application: the cluster never counts as idle, and "
     "only an alarm tells.",
     "Set monitoring.alarms: true.", kDocs, CheckConnectIdle},
});

}  // namespace

std::span<const EmrRule> EmrScalingRules() { return kRules; }

}  // namespace ember
