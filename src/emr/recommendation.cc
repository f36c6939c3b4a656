#include "emr/recommendation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace ember {
namespace {

constexpr double kMib = 1024.0 * 1024;
constexpr int64_t kPartitionBytes = int64_t{128} << 20;
constexpr int kCoreNodes = 2;
constexpr int kMostNodes = 20;  // beyond it larger nodes shuffle less over the network

struct Ladder {
  std::string_view architecture;
  bool is_memory_bound;
  std::array<std::string_view, 3> types;  // smallest first
};
constexpr auto kLadders = std::to_array<Ladder>({
    {"x86_64", false, {"m5.xlarge", "m5.2xlarge", "m5.4xlarge"}},
    {"x86_64", true, {"r5.xlarge", "r5.2xlarge", "r5.4xlarge"}},
    {"arm64", false, {"m6g.xlarge", "m6g.2xlarge", "m6g.4xlarge"}},
    {"arm64", true, {"r6g.xlarge", "r6g.2xlarge", "r7g.2xlarge"}},
});

// The smallest type with which kMostNodes suffice, else the largest.
const EmrTypeFact* ChooseType(const EmrSizeQuestion& question, const EmrFacts& facts, int cores) {
  const EmrTypeFact* chosen = nullptr;
  for (const Ladder& ladder : kLadders) {
    if (ladder.architecture != question.architecture ||
        ladder.is_memory_bound != question.is_memory_bound) {
      continue;
    }
    for (const std::string_view name : ladder.types) {
      if (const EmrTypeFact* type = facts.FindType(std::string(name))) chosen = type;
      if (chosen != nullptr && cores <= chosen->vcpu * kMostNodes) return chosen;
    }
  }
  return chosen;
}

std::string Yaml(const EmrRecommendation& advice, int64_t input_bytes) {
  std::string yaml = fmt::format("master: m5.xlarge\ncore: {{type: {}, count: {}}}\n", advice.type,
                                 advice.core_nodes);
  if (advice.type.find("g.") != std::string::npos)
    yaml.replace(yaml.find("m5.xlarge"), 9, "m6g.xlarge");
  if (advice.task_nodes > 0) {
    yaml += fmt::format("task: {{type: {}, market: spot}}\nscaling: {{min: {}, max: {}}}\n",
                        advice.type, advice.core_nodes, advice.core_nodes + advice.task_nodes);
  }
  return yaml + fmt::format("spark: {{sizing: auto, input: {:.0f}MiB}}\n",
                            std::ceil(static_cast<double>(input_bytes) / kMib));
}

}  // namespace

Result<EmrRecommendation> RecommendEmrSize(const EmrSizeQuestion& question, const EmrFacts& facts) {
  if (question.input_bytes <= 0) return InvalidInput("the input has no size: say --input 250GiB");
  EmrRecommendation advice;
  const double mib = static_cast<double>(question.input_bytes) / kMib;
  const double core_seconds = mib / question.mib_per_core_second;
  advice.partitions = (question.input_bytes + kPartitionBytes - 1) / kPartitionBytes;
  advice.cores_needed =
      std::max(1, static_cast<int>(std::ceil(core_seconds / (question.minutes * 60))));
  const EmrTypeFact* type = ChooseType(question, facts, advice.cores_needed);
  if (type == nullptr)
    return InvalidInput(fmt::format("no instance types for '{}'", question.architecture));
  advice.type = type->name;
  advice.core_nodes = kCoreNodes;
  const int nodes = (advice.cores_needed + type->vcpu - 1) / type->vcpu;
  advice.task_nodes = std::max(0, nodes - kCoreNodes);
  advice.executors = SizeEmrExecutors(*type, 0, facts);
  auto& reasons = advice.reasons;
  reasons.push_back(fmt::format("{:.0f} MiB are {} partitions of 128 MiB, Spark's own size", mib,
                                advice.partitions));
  reasons.push_back(fmt::format(
      "at {} MiB a core and second, which is assumed and not measured, they take {:.0f} core "
      "seconds: {} cores for {} minutes",
      question.mib_per_core_second, core_seconds, advice.cores_needed, question.minutes));
  reasons.push_back(fmt::format("{}: {} cores, {} MB; {} nodes give that many cores", type->name,
                                type->vcpu, type->memory_mb, std::max(nodes, kCoreNodes)));
  reasons.push_back(
      "two core nodes on demand keep HDFS's two copies; the rest are task nodes on "
      "spot, which a job survives losing");
  reasons.push_back(fmt::format(
      "{} executors a node with {} cores and {} MB: YARN's {} MB less the application master's, "
      "less {:.2f} % of overhead",
      advice.executors.per_node, advice.executors.cores, advice.executors.memory_mb, type->yarn_mb,
      facts.Get(EmrNumber::kExecutorOverheadFactor) * 100));
  if (question.local_cores > 0) {
    const double local_minutes = core_seconds / question.local_cores / 60;
    advice.needs_cluster = local_minutes > question.minutes;
    reasons.push_back(fmt::format(
        "this machine's {} cores would take {:.0f} minutes: {}", question.local_cores,
        local_minutes, advice.needs_cluster ? "a cluster is quicker" : "no cluster is needed"));
  }
  advice.yaml = Yaml(advice, question.input_bytes);
  return advice;
}

}  // namespace ember
