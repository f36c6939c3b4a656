#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/resolved.h"

namespace ember {

/// How many files a plan asks for, and in which order its rows are: from the repartition and sort
/// nodes that are last to touch them.
struct WriteLayout {
  int files = 1;
  bool is_sorted = false;  // rows must be in the files in the order of the plan
  /// Which file a row goes to: by hash of these, by their order, or (empty) in turn.
  std::vector<ResolvedExpressionPtr> hash_by;
  std::vector<ResolvedSortOrder> range_by;
  /// The plan below the repartition, when it is the topmost node; else the plan as it is.
  const ResolvedRelation* input = nullptr;
};
WriteLayout LayoutOf(const ResolvedRelation& relation, int shuffle_partitions);

}  // namespace ember
