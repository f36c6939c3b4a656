#pragma once

#include <optional>
#include <vector>

#include "analyzer/resolved.h"

namespace ember {

/// One projection for a stack of them, as withColumn in a loop makes it: otherwise hundreds of
/// SELECTs lie in each other, more than DuckDB's parser takes. None when `top` stands alone or
/// computes from what the one below computes.
std::optional<ResolvedProject> MergeStackedProjects(const ResolvedProject& top);

/// The sides of UNION ALL upon UNION ALL, in order; of other operations their two.
std::vector<ResolvedRelationPtr> UnitedInputs(const ResolvedSetOperation& top);

}  // namespace ember
