#pragma once

#include <string>
#include <vector>

#include "analyzer/resolved.h"

namespace ember {

/// How many partitions a plan asks to be written by, and in which order its rows are: from the
/// repartition and sort nodes that are last to touch them. Spark writes a partition's rows by one
/// task, into files of their own.
struct WriteLayout {
  int partitions = 1;
  int merged_into = 1;     // coalesce: as many, or fewer
  bool is_sorted = false;  // rows must be in the files in the order of the plan
  /// Which partition a row goes to: by Spark's hash of these, by their order, or (empty) in turn.
  std::vector<ResolvedExpressionPtr> hash_by;
  std::vector<ResolvedSortOrder> range_by;
  /// The plan, where it needs further columns at its end for what is above; else null.
  ResolvedRelationPtr plan;
};

/// What the configuration says about a repartition that names no number.
struct ShuffleSettings {
  int partitions = 200;     // spark.sql.shuffle.partitions
  bool is_adaptive = true;  // spark.sql.adaptive.enabled: Spark joins small partitions itself
};
Result<WriteLayout> LayoutOf(const ResolvedRelation& relation, const ShuffleSettings& settings);

}  // namespace ember
