#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emr/cost.h"

namespace ember {

/// Cores of core and task nodes, as a cluster starts.
double EmrStartCores(const EmrCluster& cluster, const EmrFacts& facts);

/// A run of the job on one machine.
struct MeasuredRun {
  double seconds = 0;
  int64_t input_bytes = 0;
  int cores = 0;
};

/// The job on that machine and on a cluster.
struct LocalComparison {
  int64_t input_bytes = 0;   // of the job that is compared
  double local_hours = 0;    // measured, and in proportion to the input
  double cluster_hours = 0;  // as it starts, its own start included
  UsdRange cluster_usd;      // for these hours
  bool needs_cluster = true;
  std::vector<std::string> reasons;
};

/// `cost` and `cores` are the cluster's. `input_bytes` 0: the job as it was measured.
/// `hours_allowed` is what a run may take. Errors: a measurement without seconds or input.
Result<LocalComparison> CompareWithLocalRun(const EmrCost& cost, double cores,
                                            const MeasuredRun& measured, int64_t input_bytes,
                                            double hours_allowed);

}  // namespace ember
