#pragma once

#include <string>
#include <vector>

#include "emr/cluster_file.h"
#include "emr/facts.h"

namespace ember {

/// How Spark's executors fill the nodes of a cluster.
struct EmrExecutors {
  std::string type;  // the smallest of the core and task types: executors fit everywhere
  int per_node = 1;
  int cores = 1;
  int memory_mb = 0;    // spark.executor.memory
  int overhead_mb = 0;  // what Spark asks of YARN besides
  int driver_memory_mb = 0;
};

/// YARN's memory less the application master's, shared by `per_node` executors (0: one for every
/// four cores), less Spark's overhead.
EmrExecutors SizeEmrExecutors(const EmrTypeFact& type, int per_node, const EmrFacts& facts);

/// What an executor of so much memory takes of YARN's.
int EmrExecutorFootprintMb(int memory_mb, const EmrFacts& facts);

/// The types that executors run on: core's, and the task nodes' where there are any.
std::vector<const EmrTypeFact*> EmrWorkerTypes(const EmrCluster& cluster, const EmrFacts& facts);

/// The executors of a cluster with `sizing: auto`; no memory where no type is known.
EmrExecutors SizeEmrExecutors(const EmrCluster& cluster, const EmrFacts& facts);

}  // namespace ember
