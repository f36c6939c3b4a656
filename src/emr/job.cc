#include "emr/job.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace ember {
namespace {

constexpr double kMib = 1024.0 * 1024;
constexpr double kPartitionBytes = 128 * kMib;
constexpr int64_t kSparkPartitions = 200;  // spark.sql.shuffle.partitions
// spark.memory.fraction and spark.memory.storageFraction: what rows may keep of an executor.
constexpr double kStorageShare = 0.6 * 0.5;
constexpr double kMostBroadcast = 8 * 1024 * kMib;  // Spark refuses more

struct StepRow {
  EmrJobStepKind kind;
  std::string_view name;  // of one; an "s" makes several
  bool moves_all;         // its rows go through the network
};
constexpr auto kSteps = std::to_array<StepRow>({
    {EmrJobStepKind::kJoin, "shuffled join", true},
    {EmrJobStepKind::kBroadcastJoin, "broadcast join", false},
    {EmrJobStepKind::kAggregate, "aggregation", false},
    {EmrJobStepKind::kWindow, "window", true},
    {EmrJobStepKind::kSort, "global sort", true},
    {EmrJobStepKind::kDistinct, "distinct", true},
    {EmrJobStepKind::kRepartition, "repartition", true},
    {EmrJobStepKind::kPersist, "persisted frame", false},
});

const StepRow& RowOf(EmrJobStepKind kind) {
  return *std::find_if(kSteps.begin(), kSteps.end(),
                       [&](const StepRow& row) { return row.kind == kind; });
}

std::string SizeText(double bytes) {
  return bytes < 1024 * kMib ? fmt::format("{:.0f} MiB", std::max(bytes / kMib, 1.0))
                             : fmt::format("{:.1f} GiB", bytes / kMib / 1024);
}

/// Sums over a job's steps, each `scale` times as large.
class JobSums {
 public:
  JobSums(const EmrJob& job, double scale) {
    for (const EmrJobStep& step : job.steps) {
      const double bytes = static_cast<double>(step.bytes) * scale;
      ++counts_[step.kind];
      double& largest = largest_[step.kind];
      largest = std::max(largest, bytes);
      if (RowOf(step.kind).moves_all) largest_move_ = std::max(largest_move_, bytes);
      if (step.kind == EmrJobStepKind::kPersist) persisted_ += bytes;
      if (step.is_one_task) one_task_ = std::max(one_task_, bytes);
    }
  }
  double largest_move() const { return largest_move_; }
  double persisted() const { return persisted_; }
  double one_task() const { return one_task_; }
  double LargestOf(EmrJobStepKind kind) const {
    const auto at = largest_.find(kind);
    return at == largest_.end() ? 0 : at->second;
  }
  std::string Text() const {
    std::string text;
    for (const StepRow& row : kSteps) {
      const auto at = counts_.find(row.kind);
      if (at == counts_.end()) continue;
      text += fmt::format("{}{} {}{}", text.empty() ? "" : ", ", at->second, row.name,
                          at->second == 1 ? "" : "s");
    }
    return text.empty() ? "no join, window, sort or the like" : text;
  }

 private:
  std::map<EmrJobStepKind, int> counts_;
  std::map<EmrJobStepKind, double> largest_;
  double largest_move_ = 0;
  double persisted_ = 0;
  double one_task_ = 0;
};

int NodesOf(const EmrRecommendation& advice) { return advice.core_nodes + advice.task_nodes; }

double StorageOf(const EmrRecommendation& advice) {
  return NodesOf(advice) * advice.executors.per_node * advice.executors.memory_mb * kMib *
         kStorageShare;
}

void AddMemoryReasons(const JobSums& sums, const EmrRecommendation& general, EmrJobSizing& sizing,
                      std::vector<std::string>& reasons) {
  if (sums.persisted() > 0) {
    reasons.push_back(fmt::format(
        "persisted rows take {} in memory, at most; {} nodes of {} keep {}: {}",
        SizeText(sums.persisted()), NodesOf(general), general.type, SizeText(StorageOf(general)),
        sizing.is_memory_bound ? "bound by memory" : "they fit"));
  }
  if (sums.one_task() > 0) {
    reasons.push_back(
        fmt::format("a window without PARTITION BY brings {} into one task, whatever the cluster: "
                    "give it a partition",
                    SizeText(sums.one_task())));
  }
  const double broadcast = sums.LargestOf(EmrJobStepKind::kBroadcastJoin);
  if (broadcast > kMostBroadcast) {
    reasons.push_back(
        fmt::format("a broadcast of {} is more than the 8 GiB that Spark takes: leave the hint out",
                    SizeText(broadcast)));
  } else if (broadcast > 0) {
    reasons.push_back(fmt::format(
        "the largest broadcast, {}, goes to the driver and every executor", SizeText(broadcast)));
  }
}

void AddPartitions(const JobSums& sums, EmrJobSizing& sizing, std::vector<std::string>& reasons) {
  const auto wanted = static_cast<int64_t>(std::ceil(sums.largest_move() / kPartitionBytes));
  if (sums.largest_move() == 0) return;
  if (wanted <= kSparkPartitions) {
    reasons.push_back(fmt::format(
        "at most {} move at once: Spark's {} shuffle partitions suffice, and it joins small ones",
        SizeText(sums.largest_move()), kSparkPartitions));
    return;
  }
  sizing.shuffle_partitions = wanted;
  reasons.push_back(
      fmt::format("at most {} move at once: {} shuffle partitions of 128 MiB, which fit a task's "
                  "share of an executor",
                  SizeText(sums.largest_move()), wanted));
}

}  // namespace

double EmrRowExpansion(const EmrJobSource& source) {
  if (source.format == "parquet" || source.format == "orc") return 3;
  return source.is_compressed ? 5 : 1;
}

Result<EmrJobSizing> SizeEmrJob(const EmrJob& job, const EmrSizeQuestion& question,
                                const EmrFacts& facts) {
  EmrJobSizing sizing;
  double bytes = 0;
  int64_t files = 0;
  for (const EmrJobSource& source : job.sources) {
    bytes += static_cast<double>(source.bytes);
    files += source.files;
  }
  if (bytes <= 0) {
    return InvalidInput("nothing is known of the size of what the job reads: say --input 250GiB");
  }
  const double scale =
      question.input_bytes > 0 ? static_cast<double>(question.input_bytes) / bytes : 1;
  sizing.input_bytes = static_cast<int64_t>(bytes * scale);
  const JobSums sums(job, scale);

  EmrSizeQuestion asked = question;
  asked.input_bytes = sizing.input_bytes;
  ASSIGN_OR_RETURN(const EmrRecommendation general, RecommendEmrSize(asked, facts));
  sizing.is_memory_bound = question.is_memory_bound || sums.persisted() > StorageOf(general);
  asked.is_memory_bound = sizing.is_memory_bound;
  ASSIGN_OR_RETURN(sizing.advice, RecommendEmrSize(asked, facts));

  std::vector<std::string> reasons;
  reasons.push_back(fmt::format(
      "the job reads {} in {} files of {} sources{}", SizeText(bytes), files, job.sources.size(),
      scale == 1 ? "" : ", here only a part of " + SizeText(bytes * scale)));
  reasons.push_back(fmt::format(
      "its plan has {}; sizes are those of what a step's sources hold, before any filter",
      sums.Text()));
  AddMemoryReasons(sums, general, sizing, reasons);
  AddPartitions(sums, sizing, reasons);
  if (sums.persisted() > StorageOf(sizing.advice)) {
    reasons.push_back(fmt::format(
        "even {} nodes of {} keep only {} of them: the rest goes to disk (MEMORY_AND_DISK)",
        NodesOf(sizing.advice), sizing.advice.type, SizeText(StorageOf(sizing.advice))));
  }
  auto& all = sizing.advice.reasons;
  all.insert(all.begin(), reasons.begin(), reasons.end());
  if (sizing.shuffle_partitions > 0) {
    std::string& yaml = sizing.advice.yaml;
    yaml.insert(yaml.rfind('}'),
                fmt::format(", shuffle_partitions: {}", sizing.shuffle_partitions));
  }
  return sizing;
}

}  // namespace ember
