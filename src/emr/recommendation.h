#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emr/facts.h"
#include "emr/sizing.h"

namespace ember {

struct EmrSizeQuestion {
  int64_t input_bytes = 0;
  double minutes = 30;              // what a run may take
  double mib_per_core_second = 20;  // an assumption: measure it on a part of the data
  bool is_memory_bound = false;     // large joins, windows and caches
  std::string architecture = "x86_64";
  int local_cores = 0;  // of this machine, to say when no cluster is needed; 0: not asked
};

/// Nodes and executors for an input, and why.
struct EmrRecommendation {
  std::string type;
  int core_nodes = 2;
  int task_nodes = 0;  // on spot, at most
  int64_t partitions = 0;
  int cores_needed = 0;
  EmrExecutors executors;
  bool needs_cluster = true;
  std::vector<std::string> reasons;
  std::string yaml;  // the keys of a cluster file
};

/// Errors: no input, or an architecture without types.
Result<EmrRecommendation> RecommendEmrSize(const EmrSizeQuestion& question, const EmrFacts& facts);

}  // namespace ember
