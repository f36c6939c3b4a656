#include "emr/sizing.h"

#include <algorithm>
#include <cmath>

namespace ember {
namespace {

constexpr int kCoresOfAnExecutor = 4;

void AddTypes(const EmrNodes& nodes, const EmrFacts& facts,
              std::vector<const EmrTypeFact*>& types) {
  for (const EmrInstanceType& type : nodes.types) {
    if (const EmrTypeFact* fact = facts.FindType(type.name)) types.push_back(fact);
  }
}

}  // namespace

int EmrExecutorFootprintMb(int memory_mb, const EmrFacts& facts) {
  const double overhead = std::max(memory_mb * facts.Get(EmrNumber::kExecutorOverheadFactor),
                                   facts.Get(EmrNumber::kExecutorOverheadMinMb));
  return memory_mb + static_cast<int>(overhead);
}

EmrExecutors SizeEmrExecutors(const EmrTypeFact& type, int per_node, const EmrFacts& facts) {
  EmrExecutors executors;
  executors.type = type.name;
  executors.per_node = per_node > 0 ? per_node : std::max(1, type.vcpu / kCoresOfAnExecutor);
  executors.cores = std::max(1, type.vcpu / executors.per_node);
  const double share = (type.yarn_mb - facts.Get(EmrNumber::kMasterMemoryMb)) / executors.per_node;
  const double by_factor = share / (1 + facts.Get(EmrNumber::kExecutorOverheadFactor));
  const double by_minimum = share - facts.Get(EmrNumber::kExecutorOverheadMinMb);
  executors.memory_mb = std::max(0, static_cast<int>(std::floor(std::min(by_factor, by_minimum))));
  executors.overhead_mb = EmrExecutorFootprintMb(executors.memory_mb, facts) - executors.memory_mb;
  executors.driver_memory_mb = std::min(executors.memory_mb, type.yarn_mb < 8192 ? 1024 : 2048);
  return executors;
}

std::vector<const EmrTypeFact*> EmrWorkerTypes(const EmrCluster& cluster, const EmrFacts& facts) {
  std::vector<const EmrTypeFact*> types;
  AddTypes(cluster.core, facts, types);
  if (cluster.task) AddTypes(*cluster.task, facts, types);
  return types;
}

EmrExecutors SizeEmrExecutors(const EmrCluster& cluster, const EmrFacts& facts) {
  const auto types = EmrWorkerTypes(cluster, facts);
  const auto smallest =
      std::min_element(types.begin(), types.end(), [](const auto* a, const auto* b) {
        return a->yarn_mb < b->yarn_mb || (a->yarn_mb == b->yarn_mb && a->vcpu < b->vcpu);
      });
  if (smallest == types.end()) return {};
  EmrExecutors executors = SizeEmrExecutors(**smallest, cluster.spark.executors_per_node, facts);
  if (cluster.spark.driver_memory_mb > 0)
    executors.driver_memory_mb = cluster.spark.driver_memory_mb;
  return executors;
}

}  // namespace ember
