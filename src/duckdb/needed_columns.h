#pragma once

#include <cstdint>
#include <set>

#include "analyzer/resolved.h"

namespace ember {

/// The columns of a query that its result depends on, as ids: what Spark's ColumnPruning leaves of
/// the relations below. What is malformed in a text file depends on it: Spark converts no field
/// that nobody reads. Persisted plans are queries of their own and are not entered.
std::set<int64_t> NeededColumns(const ResolvedRelation& query);

}  // namespace ember
