#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emr/recommendation.h"

namespace ember {

/// What a job reads.
struct EmrJobSource {
  std::string path;
  std::string format;  // parquet csv json text
  int64_t bytes = 0;   // as they lie
  int64_t files = 0;
  bool is_compressed = false;  // text in .gz and the like
};

enum class EmrJobStepKind {
  kJoin,           // both sides move
  kBroadcastJoin,  // the small side goes to every executor
  kAggregate,      // rows shrink before they move
  kWindow,
  kSort,
  kDistinct,  // also intersect and except
  kRepartition,
  kPersist,  // rows stay in memory
};

/// What a job does to rows that costs memory or network.
struct EmrJobStep {
  EmrJobStepKind kind = EmrJobStepKind::kJoin;
  /// Of its sources' rows in memory, before any filter; of the small side of a broadcast.
  int64_t bytes = 0;
  bool is_one_task = false;  // a window over all rows
};

struct EmrJob {
  std::vector<EmrJobSource> sources;
  std::vector<EmrJobStep> steps;
};

/// How many bytes rows take in memory for one in a file: an assumption.
double EmrRowExpansion(const EmrJobSource& source);

/// What moves through the network or stays in memory, and what that asks for.
struct EmrJobSizing {
  EmrRecommendation advice;
  int64_t input_bytes = 0;
  bool is_memory_bound = false;
  int64_t shuffle_partitions = 0;  // 0: Spark's own 200 are enough
};

/// Sizes a cluster for a job. `question` says the time and the rate; its input size, when given,
/// stands for all sources: the job is then as much larger as its input (a plan looked at on a part
/// of the data). Errors: a job without sources whose size is known, and those of RecommendEmrSize.
Result<EmrJobSizing> SizeEmrJob(const EmrJob& job, const EmrSizeQuestion& question,
                                const EmrFacts& facts);

}  // namespace ember
