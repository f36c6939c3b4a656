// Rules on instance types, counts and volumes.
#include <fmt/format.h>

#include <array>
#include <set>

#include "emr/nodes.h"
#include "emr/validate.h"

namespace ember {
namespace {

constexpr auto kError = EmrSeverity::kError;
constexpr auto kWarning = EmrSeverity::kWarning;
constexpr auto kDocs = EmrSource::kDocumentation;
constexpr auto kMemory = EmrSource::kMemory;

void CheckRefusedTypes(EmrRuleContext& context) {
  for (const EmrRole& role : EmrRoleNodes(context.cluster)) {
    for (const EmrInstanceType& type : role.nodes->types) {
      if (const auto refusal = RefusedEmrType(type.name)) {
        context.Find(type.path,
                     fmt::format("'{}' is no instance type of EMR: {}", type.name, refusal->why),
                     fmt::format("Write {} instead.", refusal->substitute));
      }
    }
  }
}

void CheckUnknownTypes(EmrRuleContext& context) {
  for (const EmrRole& role : EmrRoleNodes(context.cluster)) {
    for (const EmrInstanceType& type : role.nodes->types) {
      if (context.facts.FindType(type.name) == nullptr && !RefusedEmrType(type.name)) {
        context.Find(type.path, fmt::format("'{}' is not in Ember's table of types", type.name));
      }
    }
  }
}

void CheckArchitectures(EmrRuleContext& context) {
  std::string first;
  std::string first_type;
  for (const EmrRole& role : EmrRoleNodes(context.cluster)) {
    for (const EmrInstanceType& type : role.nodes->types) {
      const EmrTypeFact* fact = context.facts.FindType(type.name);
      if (fact == nullptr) continue;
      if (first.empty()) {
        first = fact->architecture;
        first_type = type.name;
      } else if (first != fact->architecture) {
        context.Find(type.path, fmt::format("{} is {}, but {} is {}", type.name, fact->architecture,
                                            first_type, first));
        return;
      }
    }
  }
}

void CheckDoubledTypes(EmrRuleContext& context) {
  for (const EmrRole& role : EmrRoleNodes(context.cluster)) {
    std::set<std::string> seen;
    for (const EmrInstanceType& type : role.nodes->types) {
      if (!seen.insert(type.name).second)
        context.Find(type.path, fmt::format("'{}' is here twice", type.name));
    }
  }
}

void CheckMasterCount(EmrRuleContext& context) {
  const int count = context.cluster.master.count;
  if (!context.cluster.HasFleets() && count != 1 && count != 3)
    context.Find("master.count", fmt::format("{} masters", count));
}

void CheckThreeMasters(EmrRuleContext& context) {
  if (!context.cluster.HasFleets() && context.cluster.master.count == 3 &&
      !context.cluster.lifetime.termination_protection) {
    context.Find("master.count", "three masters without termination protection");
  }
}

void CheckMasterSpot(EmrRuleContext& context) {
  if (EmrUsesSpot(context.cluster, context.cluster.master)) {
    context.Find(context.cluster.HasFleets() ? "master.spot_units" : "master.market",
                 "the master is bought on spot");
  }
}

void CheckCoreSpot(EmrRuleContext& context) {
  if (EmrUsesSpot(context.cluster, context.cluster.core)) {
    context.Find(context.cluster.HasFleets() ? "core.spot_units" : "core.market",
                 "core nodes are bought on spot");
  }
}

void CheckNoCore(EmrRuleContext& context) {
  if (EmrStartUnits(context.cluster, context.cluster.core) == 0)
    context.Find("core", "there are no core nodes");
}

void CheckOneCore(EmrRuleContext& context) {
  if (!context.cluster.HasFleets() && context.cluster.core.count == 1)
    context.Find("core.count", "one core node");
}

void CheckTaskWithoutNodes(EmrRuleContext& context) {
  const EmrCluster& cluster = context.cluster;
  if (cluster.task && !cluster.scaling && EmrStartUnits(cluster, *cluster.task) == 0)
    context.Find("task", "task nodes without a number and without scaling");
}

void CheckBidWithoutSpot(EmrRuleContext& context) {
  for (const EmrRole& role : EmrRoleNodes(context.cluster)) {
    if (context.cluster.HasFleets() && context.cluster.IsSet(role.path + ".bid_percent") &&
        !EmrUsesSpot(context.cluster, *role.nodes)) {
      context.Find(role.path + ".bid_percent", "a bid for nodes that are not bought on spot");
    }
  }
}

void CheckLowBid(EmrRuleContext& context) {
  constexpr int kLowPercent = 40;
  for (const EmrRole& role : EmrRoleNodes(context.cluster)) {
    const int percent = role.nodes->bid_percent;
    if (percent > 0 && percent < kLowPercent && EmrUsesSpot(context.cluster, *role.nodes)) {
      context.Find(role.path + ".bid_percent", fmt::format("a bid of {} %", percent));
    }
  }
}

// Calls `check` for the volumes of each kind of nodes.
template <typename Check>
void ForEachVolumes(const EmrRuleContext& context, Check check) {
  for (const EmrRole& role : EmrRoleNodes(context.cluster)) {
    if (role.nodes->volumes) check(role.path + ".volumes", *role.nodes->volumes);
  }
}

struct VolumeRange {
  std::string_view type;
  int min_gb;
  int max_gb;
};
constexpr auto kVolumeRanges = std::to_array<VolumeRange>({{"gp3", 1, 16384},
                                                           {"gp2", 1, 16384},
                                                           {"io1", 4, 16384},
                                                           {"st1", 125, 16384},
                                                           {"sc1", 125, 16384},
                                                           {"standard", 1, 1024}});

void CheckVolumeSize(EmrRuleContext& context) {
  ForEachVolumes(context, [&](const std::string& path, const EmrVolumes& volumes) {
    for (const VolumeRange& range : kVolumeRanges) {
      if (range.type != volumes.type) continue;
      if (volumes.size_gb < range.min_gb || volumes.size_gb > range.max_gb) {
        context.Find(path + ".size_gb", fmt::format("{} GB of {}", volumes.size_gb, volumes.type),
                     fmt::format("From {} to {} GB.", range.min_gb, range.max_gb));
      }
    }
  });
}

void CheckVolumeIops(EmrRuleContext& context) {
  ForEachVolumes(context, [&](const std::string& path, const EmrVolumes& volumes) {
    if (volumes.iops > 0 && volumes.type != "gp3" && volumes.type != "io1")
      context.Find(path + ".iops", fmt::format("iops for {}", volumes.type));
  });
}

void CheckVolumeIopsRange(EmrRuleContext& context) {
  ForEachVolumes(context, [&](const std::string& path, const EmrVolumes& volumes) {
    if (volumes.type == "gp3" && volumes.iops > 0 && (volumes.iops < 3000 || volumes.iops > 16000))
      context.Find(path + ".iops", fmt::format("{} iops for gp3", volumes.iops));
  });
}

void CheckVolumeIopsMissing(EmrRuleContext& context) {
  ForEachVolumes(context, [&](const std::string& path, const EmrVolumes& volumes) {
    if (volumes.type == "io1" && volumes.iops == 0) context.Find(path, "io1 without iops");
  });
}

void CheckVolumeThroughput(EmrRuleContext& context) {
  ForEachVolumes(context, [&](const std::string& path, const EmrVolumes& volumes) {
    const int throughput = volumes.throughput_mib_s;
    if (throughput == 0) return;
    if (volumes.type != "gp3") {
      context.Find(path + ".throughput_mib_s", fmt::format("throughput for {}", volumes.type));
    } else if (throughput < 125 || throughput > 1000) {
      context.Find(path + ".throughput_mib_s", fmt::format("{} MiB/s", throughput));
    }
  });
}

void CheckVolumeCount(EmrRuleContext& context) {
  const int limit = static_cast<int>(context.facts.Get(EmrNumber::kVolumesPerNode));
  ForEachVolumes(context, [&](const std::string& path, const EmrVolumes& volumes) {
    if (volumes.count < 1 || volumes.count > limit)
      context.Find(path + ".count", fmt::format("{} volumes a node", volumes.count));
  });
}

void CheckRootVolume(EmrRuleContext& context) {
  const int size = context.cluster.root_volume_gb;
  if (size != 0 && (size < context.facts.Get(EmrNumber::kRootVolumeMin) ||
                    size > context.facts.Get(EmrNumber::kRootVolumeMax))) {
    context.Find("root_volume_gb", fmt::format("a root volume of {} GiB", size));
  }
}

constexpr auto kRules = std::to_array<EmrRule>({
    {"instance-type-refused", kError,
     "RunJobFlow refuses instance types that EMR does not support: the cluster would not start.",
     "Take a type of the same family from xlarge on.", kDocs, CheckRefusedTypes},
    {"instance-type-unknown", kWarning,
     "Ember can neither size executors nor price a type that it has no facts of, and cannot say "
     "whether EMR supports it.",
     "Take another type, or add its facts: --facts FILE.", EmrSource::kEmber, CheckUnknownTypes},
    {"instance-type-twice", kError, "EMR refuses a fleet that names a type twice.",
     "Remove one of them.", kMemory, CheckDoubledTypes},
    {"mixed-architectures", kError,
     "Programs with native parts, Python's wheels among them, are installed for one architecture.",
     "Take types of one architecture for all nodes.", kDocs, CheckArchitectures},
    {"master-count", kError, "EMR takes one master, or three for high availability.",
     "Write 1 or 3.", kDocs, CheckMasterCount},
    {"masters-unprotected", kWarning,
     "EMR turns termination protection on for three masters, and Ember would not know.",
     "Set lifetime.termination_protection: true.", kMemory, CheckThreeMasters},
    {"master-spot", kError,
     "When the master's spot node is taken away, the whole cluster ends, with all it was doing.",
     "Buy the master on demand.", kDocs, CheckMasterSpot},
    {"core-spot", kWarning,
     "Core nodes hold HDFS and the application masters; each that spot takes away loses blocks and "
     "may end a job.",
     "Buy core nodes on demand, and task nodes on spot.", kDocs, CheckCoreSpot},
    {"core-missing", kError, "Spark on EMR needs a node for the application master and for HDFS.",
     "Give core at least one node; two are recommended.", kDocs, CheckNoCore},
    {"core-one", kWarning,
     "HDFS keeps two copies when there are two core nodes or more: with one node, a loss is final.",
     "Set core.count: 2.", kDocs, CheckOneCore},
    {"task-without-nodes", kWarning,
     "Task nodes start only with a number of their own or by managed scaling.",
     "Set task.count, or add scaling with max above the core nodes.", EmrSource::kEmber,
     CheckTaskWithoutNodes},
    {"bid-without-spot", kError, "A bid has no meaning for nodes on demand.",
     "Set spot_units, or remove bid_percent.", kDocs, CheckBidWithoutSpot},
    {"bid-low", kWarning,
     "Spot is 50-70 % below on-demand: a bid below that range seldom gets a node, and loses it "
     "early. The bid is not what is paid.",
     "Leave bid_percent out, or set it to 100.", EmrSource::kPriceTable, CheckLowBid},
    {"volume-size", kError, "EBS volumes of each kind have a smallest and a largest size.",
     "Take a size that the kind has.", kMemory, CheckVolumeSize},
    {"volume-iops-kind", kError, "Only gp3 and io1 take iops.", "Take gp3, or remove iops.",
     kMemory, CheckVolumeIops},
    {"volume-iops-range", kError, "gp3 has from 3000 to 16000 iops.", "Write 3000 to 16000.",
     kMemory, CheckVolumeIopsRange},
    {"volume-iops-missing", kError, "io1 is bought by its iops.", "Set iops, or take gp3.", kMemory,
     CheckVolumeIopsMissing},
    {"volume-throughput", kError, "Only gp3 takes a throughput, from 125 to 1000 MiB/s.",
     "Take gp3 and 125 to 1000, or remove it.", kMemory, CheckVolumeThroughput},
    {"volume-count", kError, "A node takes from 1 to 25 EBS volumes of a group.",
     "Take fewer and larger volumes.", kMemory, CheckVolumeCount},
    {"root-volume", kError, "EMR takes a root volume of 15 to 100 GiB.", "Write 15 to 100.",
     kMemory, CheckRootVolume},
});

}  // namespace

std::span<const EmrRule> EmrNodeRules() { return kRules; }

}  // namespace ember
